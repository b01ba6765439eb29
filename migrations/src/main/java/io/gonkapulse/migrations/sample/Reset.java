package io.gonkapulse.migrations.sample;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.Flyways;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;

/** Drops everything in the schema: for databases that nobody would miss. */
public record Reset(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    private static final String WHAT_IS_THERE = """
            select current_database(),
                   (select count(*)
                      from pg_class
                     where relnamespace = current_schema()::regnamespace
                       and relkind in ('r', 'p'))
            """;

    /** What an adoption and its way back keep of the database before would stop the next adoption. */
    private static final String DROP_KEPT_COPIES = """
            do $drop$
            declare
                name text;
            begin
                for name in
                    select nspname
                      from pg_namespace
                     where nspname ~ '^gonkapulse_(adoption|undone(_[0-9]+)?)$'
                loop
                    execute format('drop schema %I cascade', name);
                end loop;
            end
            $drop$
            """;

    /**
     * Drops everything, if the operator means it twice.
     *
     * @param named the name of the database as the operator wrote it
     */
    public void run(boolean allowed, String named) {
        if (!allowed || named.isEmpty()) {
            throw refused(
                    "reset drops every table, and every row with it. It wants ALLOW_RESET=true in the environment "
                            + "and --yes-drop with the name of the database");
        }
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            reset(run.working(), named);
        } catch (SQLException | FlywayException e) {
            throw failed(
                    "Could not reset " + database.place() + ": "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private void reset(Connection connection, String named) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(WHAT_IS_THERE);
            rows.next();
            String name = rows.getString(1);
            if (!name.equals(named)) {
                throw refused("--yes-drop: expected the name of the database, " + name + ", got \"" + named + '"');
            }
            long tables = rows.getLong(2);
            Flyways.erase(connection, folder);
            statement.execute(DROP_KEPT_COPIES);
            narrator.say("Dropped everything in schema " + folder.schema() + " of " + name + ", " + tables + " tables");
        }
    }
}
