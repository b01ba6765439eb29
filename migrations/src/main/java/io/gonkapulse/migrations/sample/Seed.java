package io.gonkapulse.migrations.sample;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.ScriptRun;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Script;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts sample data into a schema that holds nothing else, for development. */
public record Seed(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    private static final String FOREIGN_ROWS = """
            select (select count(*) from users where email not like '%@seed.example')
                 + (select count(*) from nodes where identifier not like 'gonka1seed%')
            """;

    public void run() {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            History history = History.read(run.working(), folder);
            if (history.version() < history.newestKnown()) {
                throw failed("The schema stands at step " + history.version() + " of " + history.newestKnown()
                        + ": run migrate first");
            }
            requireNoOtherRows(run.working());
            seed(run.working());
        } catch (SQLException e) {
            throw failed(
                    "Could not seed " + database.place() + ": "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse(""),
                    e);
        }
    }

    private void seed(Connection connection) throws SQLException {
        Script script = folder.read("db/" + folder.module() + "/seed.sql");
        connection.setAutoCommit(false);
        try {
            new ScriptRun(connection, narrator).execute(script.statements());
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void requireNoOtherRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(FOREIGN_ROWS);
            if (rows.next() && rows.getLong(1) > 0) {
                throw refused("There are " + rows.getLong(1)
                        + " users and nodes in " + database.place()
                        + " that are no sample data: seed only fills a database "
                        + "that holds nothing else");
            }
        }
    }
}
