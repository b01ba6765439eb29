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

/** Mends a database whose newest step was cut short or failed halfway: to the state without the step, or with it. */
public record RepairTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Repairs, or says what that would be.
     *
     * @param confirmed false to only say what would be done
     */
    public void run(int target, boolean confirmed) {
        try (MigrationSession run = MigrationSession.open(database, options, listener)) {
            Optional<IncompleteMigration> incomplete = findIncomplete(run);
            if (incomplete.isEmpty()) {
                listener.report("Nothing to repair: no step was cut short or failed halfway");
                return;
            }
            repair(run, incomplete.get(), target, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not repair " + database.location() + ": "
                            + SqlFailure.find(e).map(SqlFailure::message).orElse(""),
                    e);
        }
    }

    private Optional<IncompleteMigration> findIncomplete(MigrationSession run) throws SQLException {
        if (!new HistoryTable(run.lockConnection()).exists()) {
            return Optional.empty();
        }
        new MigrationJournal(run.lockConnection()).createIfMissing();
        new MigrationJournal(run.lockConnection()).markFinished();
        return IncompleteMigration.find(run.lockConnection(), MigrationHistory.read(run.workConnection(), module));
    }

    private void repair(MigrationSession run, IncompleteMigration incomplete, int target, boolean confirmed)
            throws SQLException {
        boolean complete = target == incomplete.versionWith();
        if (!complete && target != incomplete.versionWithout()) {
            throw refused("Expected repair --to " + incomplete.versionWithout() + " (without " + incomplete.label()
                    + ") or --to " + incomplete.versionWith() + " (with it, if it is complete), got --to " + target);
        }
        listener.report(incomplete.label() + " did not get to its end. Repair to step " + target + " will:");
        listener.report("  - " + (complete ? incomplete.describeCompletion() : incomplete.describeRollback(module)));
        listener.report("  - note in the journal that it was repaired");
        if (!confirmed) {
            throw refused("Nothing was changed: add --yes to do this");
        }
        apply(run, incomplete, complete);
        new MigrationJournal(run.lockConnection()).markRepaired();
        listener.report("Repaired: schema " + module.schema() + " stands at step "
                + MigrationHistory.read(run.workConnection(), module).version());
    }

    private void apply(MigrationSession run, IncompleteMigration incomplete, boolean complete) throws SQLException {
        HistoryTable table = new HistoryTable(run.workConnection());
        table.deleteFailed(String.valueOf(incomplete.migration().version()));
        if (complete) {
            record(table, incomplete);
        } else if (!incomplete.transactional()) {
            rollBack(run, incomplete);
        }
    }

    private static void record(HistoryTable table, IncompleteMigration incomplete) throws SQLException {
        if (incomplete.direction() == MigrationDirection.DOWN) {
            table.addUndone(incomplete.migration(), 0);
        } else {
            table.addApplied(incomplete.migration(), 0);
        }
    }

    /** The other direction's script takes away what is there and does not mind what is not. */
    private void rollBack(MigrationSession run, IncompleteMigration incomplete) throws SQLException {
        MigrationStatus migration = incomplete.migration();
        MigrationScript undo = module.undoScript(migration.script());
        options.limits().apply(run.workConnection(), undo.header());
        ScriptRunner runner = new ScriptRunner(run.workConnection(), listener);
        runner.execute(undo.statements());
        if (incomplete.direction() == MigrationDirection.DOWN) {
            MigrationScript forward = module.migrationScript(migration.script());
            options.limits().apply(run.workConnection(), forward.header());
            runner.execute(forward.statements());
        }
    }
}
