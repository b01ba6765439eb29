package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;

/** Drops everything in the schema; for development databases. */
public record ResetTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    private static final String COUNT_TABLES = """
            select current_database(),
                   (select count(*)
                      from pg_class
                     where relnamespace = current_schema()::regnamespace
                       and relkind in ('r', 'p'))
            """;

    /** Copies that adoptions keep of the old database would block the next adoption. */
    private static final String DROP_ADOPTION_SCHEMAS = """
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
     * Drops everything if the operator has confirmed it twice.
     *
     * @param confirmedName the name of the database as the operator typed it
     */
    public void run(boolean allowed, String confirmedName) {
        if (!allowed || confirmedName.isEmpty()) {
            throw refused("reset drops every table with all rows. It requires ALLOW_RESET=true in the environment "
                    + "and --yes-drop with the name of the database");
        }
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            reset(session.workConnection(), confirmedName);
        } catch (SQLException | FlywayException e) {
            throw failed("Could not reset " + database.location() + ": " + SqlFailureFormatter.format(e), e);
        }
    }

    private void reset(Connection connection, String confirmedName) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(COUNT_TABLES);
            rows.next();
            String name = rows.getString(1);
            if (!name.equals(confirmedName)) {
                throw refused(
                        "--yes-drop: expected the name of the database, " + name + ", got \"" + confirmedName + '"');
            }
            long tables = rows.getLong(2);
            FlywayFactory.clean(connection, module);
            if (module.equals(MigrationModule.TRACKER)) {
                statement.execute(DROP_ADOPTION_SCHEMAS);
            }
            new ModuleSchema(connection, module).dropIfEmpty();
            listener.report(
                    "Dropped everything in schema " + module.schema() + " of " + name + ", " + tables + " tables");
        }
    }
}
