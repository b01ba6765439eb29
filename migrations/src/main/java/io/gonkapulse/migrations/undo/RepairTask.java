package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.output.MigrationException.failed;
import static io.gonkapulse.migrations.output.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationDirection;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Repairs a database whose newest migration was interrupted or failed halfway. The target is the version with or
 * without that migration.
 */
public record RepairTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Repairs the database, or reports what a repair would do.
     *
     * @param confirmed false to report only
     */
    public void run(int target, boolean confirmed) {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            Optional<IncompleteMigration> incomplete = findIncomplete(session);
            if (incomplete.isEmpty()) {
                listener.report("Nothing to repair: no migration was interrupted or failed halfway");
                return;
            }
            repair(session, incomplete.get(), target, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not repair " + database.location() + ": "
                            + SqlFailure.find(e).map(SqlFailure::message).orElse(""),
                    e);
        }
    }

    /** Closes finished entries first: a run may have been killed right after its commit. */
    private Optional<IncompleteMigration> findIncomplete(MigrationSession session) throws SQLException {
        if (!new HistoryTable(session.lockConnection()).exists()) {
            return Optional.empty();
        }
        new MigrationJournal(session.lockConnection()).createIfMissing();
        new MigrationJournal(session.lockConnection()).markFinished();
        return IncompleteMigration.find(
                session.lockConnection(), MigrationHistory.read(session.workConnection(), module));
    }

    private void repair(MigrationSession session, IncompleteMigration incomplete, int target, boolean confirmed)
            throws SQLException {
        boolean complete = target == incomplete.versionWith();
        if (!complete && target != incomplete.versionWithout()) {
            throw refused("Expected repair --to " + incomplete.versionWithout() + " (without " + incomplete.label()
                    + ") or --to " + incomplete.versionWith() + " (with it, if it is complete), got --to " + target);
        }
        listener.report(incomplete.label() + " did not finish. Repair to version " + target + " will:");
        listener.report("  - " + (complete ? incomplete.describeCompletion() : incomplete.describeRollback(module)));
        listener.report("  - mark it as repaired in the journal");
        if (!confirmed) {
            throw refused("Nothing was changed: add --yes to do this");
        }
        apply(session, incomplete, complete);
        new MigrationJournal(session.lockConnection()).markRepaired();
        listener.report("Repaired: schema " + module.schema() + " is at version "
                + MigrationHistory.read(session.workConnection(), module).version());
    }

    private void apply(MigrationSession session, IncompleteMigration incomplete, boolean complete) throws SQLException {
        HistoryTable table = new HistoryTable(session.workConnection());
        // A failed row would block Flyway, whichever way the repair goes.
        table.deleteFailed(String.valueOf(incomplete.migration().version()));
        if (complete) {
            record(table, incomplete);
        } else if (!incomplete.transactional()) {
            rollBack(session, incomplete);
        }
    }

    private static void record(HistoryTable table, IncompleteMigration incomplete) throws SQLException {
        if (incomplete.direction() == MigrationDirection.DOWN) {
            table.addUndone(incomplete.migration(), 0);
        } else {
            table.addApplied(incomplete.migration(), 0);
        }
    }

    /** The opposite script drops what exists and ignores what is missing. */
    private void rollBack(MigrationSession session, IncompleteMigration incomplete) throws SQLException {
        MigrationStatus migration = incomplete.migration();
        MigrationScript undo = module.undoScript(migration.script());
        options.limits().apply(session.workConnection(), undo.header());
        ScriptRunner runner = new ScriptRunner(session.workConnection(), listener);
        runner.execute(undo.statements());
        if (incomplete.direction() == MigrationDirection.DOWN) {
            MigrationScript forward = module.migrationScript(migration.script());
            options.limits().apply(session.workConnection(), forward.header());
            runner.execute(forward.statements());
        }
    }
}
