package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Restores an adopted database for the portal in one transaction. A dry run does the same work and rolls it back. */
public record UndoAdoptionTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /** Adopt creates this table, and its undo drops it. */
    private static final String HAS_ADOPTION = """
            select to_regclass('gonkapulse_adoption.definitions') is not null
            """;

    /**
     * Undoes the adoption, or reports what that would do.
     *
     * @param confirmed false for a dry run
     */
    public void run(boolean confirmed) {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            requireAdoption(session);
            undo(session, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not undo the adoption of " + database.location() + ": "
                            + SqlFailureFormatter.format(e)
                            + " (nothing was changed)",
                    e);
        }
    }

    private static void requireAdoption(MigrationSession session) throws SQLException {
        try (Statement statement = session.lockConnection().createStatement()) {
            ResultSet rows = statement.executeQuery(HAS_ADOPTION);
            boolean adopted = rows.next() && rows.getBoolean(1);
            if (!adopted || !new HistoryTable(session.lockConnection()).exists()) {
                throw refused("There is no adoption to undo: expected schema gonkapulse_adoption, "
                        + "which adopt creates. Without it only a backup can restore the database");
            }
        }
    }

    private void undo(MigrationSession session, boolean confirmed) throws SQLException {
        long start = System.nanoTime();
        Connection connection = session.workConnection();
        // Migrations up to this version belong to the adopted schema and have no undo there.
        int found = new MigrationJournal(session.lockConnection()).newestFound();
        MigrationHistory history = MigrationHistory.read(connection, module);
        new MigrationSafetyCheck(session.lockConnection(), module).requireNoIncompleteMigration(history);
        List<MigrationStatus> migrations = history.migrations().stream()
                .filter(migration -> migration.isApplied() && migration.version() > found)
                .toList();
        migrations.stream()
                .filter(migration -> migration.checksum() == null)
                .findFirst()
                .ifPresent(migration -> {
                    throw refused(migration.label() + " was applied by a newer program: use that program to undo it");
                });
        if (!confirmed) {
            listener.report(
                    "Dry run: does all the work in one transaction and rolls it back; the tables stay locked until then");
        }
        connection.setAutoCommit(false);
        try {
            new AdoptionRunner(connection, module, options.limits(), listener).undo(migrations, false);
            if (confirmed) {
                connection.commit();
                listener.report("Undone: tables and rows are as they were before the adoption ("
                        + DurationFormatter.formatSince(start) + ")");
            } else {
                listener.report("Dry run: nothing was changed. Make a backup, stop the services, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
