package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;

/**
 * Copies the jobs of a bot platform's audit database, whose tables are only read, or deletes the copies. Each in one
 * transaction; a dry run does the same work and rolls it back.
 */
public record JobAdoptionTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Copies the jobs, or reports what that would do. Jobs that are there already stay as they are.
     *
     * @param zone time zone of timestamps that have none
     * @param confirmed false for a dry run
     */
    public void run(ZoneId zone, boolean confirmed) {
        inTransaction("adopt", confirmed, (session, runner) -> {
            AdoptableJobs jobs = AdoptableJobs.recognise(session.lockConnection());
            listener.report("Recognised: an audit database " + jobs.description());
            MigrationSafetyCheck checks = new MigrationSafetyCheck(session.lockConnection(), module);
            checks.requireNoForeignTables();
            MigrationHistory history = MigrationHistory.read(session.lockConnection(), module);
            checks.requireNoIncompleteMigration(history);
            MigrationSafetyCheck.requireUnchangedFiles(history);
            if (!history.pending().isEmpty()) {
                checks.requireCreatePrivilege();
            }
            runner.copyJobs(zone, history);
        });
    }

    /**
     * Deletes the copied jobs, or reports what that would do.
     *
     * @param confirmed false for a dry run
     */
    public void undo(boolean confirmed) {
        inTransaction("undo the adoption of", confirmed, (session, runner) -> {
            if (!new HistoryTable(session.lockConnection()).exists()) {
                throw refused("There is no adoption to undo: schema " + module.schema() + " has no history");
            }
            MigrationHistory history = MigrationHistory.read(session.lockConnection(), module);
            new MigrationSafetyCheck(session.lockConnection(), module).requireNoIncompleteMigration(history);
            runner.deleteJobs();
        });
    }

    private void inTransaction(String verb, boolean confirmed, AdoptionStep step) {
        long start = System.nanoTime();
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            if (!confirmed) {
                listener.report("Dry run: does all the work in one transaction and rolls it back");
            }
            Connection connection = session.workConnection();
            connection.setAutoCommit(false);
            try {
                step.run(session, new AdoptionRunner(connection, module, options.limits(), listener));
                if (confirmed) {
                    connection.commit();
                    listener.report("Done (" + DurationFormatter.formatSince(start) + ")");
                } else {
                    listener.report("Dry run: nothing was changed. Add --yes to do it");
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(
                    "Could not " + verb + " " + database.location() + ": " + SqlFailureFormatter.format(e)
                            + " (nothing was changed)",
                    e);
        }
    }

    /** The work of one transaction. */
    private interface AdoptionStep {

        void run(MigrationSession session, AdoptionRunner runner) throws SQLException;
    }
}
