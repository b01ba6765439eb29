package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.output.MigrationException.failed;
import static io.gonkapulse.migrations.output.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Gives an adopted database back to the portal, in one transaction. A dry run does the same work and rolls it back. */
public record UndoAdoptionTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    private static final String HAS_ADOPTION = """
            select to_regclass('gonkapulse_adoption.definitions') is not null
            """;

    /**
     * Takes the adoption back, or says what that would be.
     *
     * @param confirmed false for a dry run
     */
    public void run(boolean confirmed) {
        try (MigrationSession run = MigrationSession.open(database, options, listener)) {
            requireAdoption(run);
            undo(run, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not take the adoption of " + database.location() + " back: "
                            + SqlFailure.find(e).map(SqlFailure::message).orElse("")
                            + " (nothing was changed)",
                    e);
        }
    }

    private static void requireAdoption(MigrationSession run) throws SQLException {
        try (Statement statement = run.lockConnection().createStatement()) {
            ResultSet rows = statement.executeQuery(HAS_ADOPTION);
            boolean adopted = rows.next() && rows.getBoolean(1);
            if (!adopted || !new HistoryTable(run.lockConnection()).exists()) {
                throw refused(
                        "There is no adoption here that could be taken back: expected schema gonkapulse_adoption, "
                                + "which adopt makes. Without it only a backup is a way back");
            }
        }
    }

    private void undo(MigrationSession run, boolean confirmed) throws SQLException {
        long start = System.nanoTime();
        Connection connection = run.workConnection();
        int found = new MigrationJournal(run.lockConnection()).newestFound();
        MigrationHistory history = MigrationHistory.read(connection, module);
        new MigrationSafetyCheck(run.lockConnection(), module).requireNoIncompleteMigration(history);
        List<MigrationStatus> migrations = history.migrations().stream()
                .filter(migration -> migration.isApplied() && migration.version() > found)
                .toList();
        migrations.stream()
                .filter(migration -> migration.checksum() == null)
                .findFirst()
                .ifPresent(migration -> {
                    throw refused(migration.label() + " was made by a newer program: undo with that one");
                });
        if (!confirmed) {
            listener.report(
                    "Dry run: does the work in one transaction and rolls it back; the tables are locked meanwhile");
        }
        connection.setAutoCommit(false);
        try {
            AdoptionUndoRunner.create(connection, module, options.limits(), listener)
                    .run(migrations);
            if (confirmed) {
                connection.commit();
                listener.report("Taken back: tables and rows are as they were before the adoption ("
                        + ElapsedTime.format(ElapsedTime.since(start)) + ")");
            } else {
                listener.report("Dry run: nothing was changed. Make a backup, stop the services, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
