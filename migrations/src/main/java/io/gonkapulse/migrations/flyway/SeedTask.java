package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/** Inserts sample data for development into a schema without other data. */
public record SeedTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /** By module: the number of rows that are no sample data, and what they are. */
    private static final Map<MigrationModule, String> FOREIGN_ROWS =
            Map.of(MigrationModule.TRACKER, """
            select (select count(*) from users where email not like '%@seed.example')
                 + (select count(*) from nodes where identifier not like 'gonka1seed%'),
                   'users and nodes'
            """, MigrationModule.AUDIT, """
            select count(*), 'jobs' from jobs where job_id::text not like '%-5eed________'
            """);

    public void run() {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            MigrationHistory history = MigrationHistory.read(session.workConnection(), module);
            if (history.version() < history.newestKnown()) {
                throw failed("The schema is at version " + history.version() + " of " + history.newestKnown()
                        + ": run migrate first");
            }
            requireNoOtherRows(session.workConnection());
            seed(session.workConnection());
        } catch (SQLException e) {
            throw failed("Could not seed " + database.location() + ": " + SqlFailureFormatter.format(e), e);
        }
    }

    private void seed(Connection connection) throws SQLException {
        MigrationScript script = module.read("db/" + module.name() + "/seed.sql");
        // One transaction: a failure must not leave half of the sample data.
        connection.setAutoCommit(false);
        try {
            new ScriptRunner(connection, listener).execute(script.statements());
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Sample rows must never mix with real ones. */
    private void requireNoOtherRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(Objects.requireNonNull(FOREIGN_ROWS.get(module)));
            if (rows.next() && rows.getLong(1) > 0) {
                throw refused("There are " + rows.getLong(1)
                        + " " + rows.getString(2) + " in " + database.location()
                        + " that are no sample data: seed requires a database "
                        + "without other data");
            }
        }
    }
}
