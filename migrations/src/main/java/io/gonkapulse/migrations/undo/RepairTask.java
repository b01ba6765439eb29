package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.flyway.UnfinishedMigration;
import io.gonkapulse.migrations.scripts.MigrationListener;
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

    private static final String COMPLETION =
            "record in the history that the migration is complete, and change nothing else: you have checked it";

    /**
     * Repairs the database, or reports what a repair would do.
     *
     * @param confirmed false to report only
     */
    public void run(int target, boolean confirmed) {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            if (!repair(session, target, confirmed)) {
                listener.report("Nothing to repair: no migration was interrupted or failed halfway");
            }
        } catch (SQLException e) {
            throw failed("Could not repair " + database.location() + ": " + SqlFailureFormatter.format(e), e);
        }
    }

    /** Returns false if nothing is unfinished. */
    private boolean repair(MigrationSession session, int target, boolean confirmed) throws SQLException {
        MigrationJournal journal = new MigrationJournal(session.lockConnection());
        if (!new HistoryTable(session.lockConnection()).exists()) {
            return false;
        }
        journal.createIfMissing();
        // Closes finished entries first: a run may have been killed right after its commit.
        journal.markFinished();
        MigrationHistory history = MigrationHistory.read(session.workConnection(), module);
        Optional<UnfinishedMigration> unfinished = findUnfinished(journal, history);
        if (unfinished.isEmpty()) {
            return false;
        }
        MigrationStatus migration =
                history.migration(unfinished.get().version()).orElseThrow();
        boolean complete = requireTarget(unfinished.get(), migration, target);
        listener.report(label(unfinished.get(), migration) + " did not finish. Repair to version " + target + " will:");
        listener.report("  - " + (complete ? COMPLETION : describeRollback(unfinished.get(), migration)));
        listener.report("  - mark it as repaired in the journal");
        if (!confirmed) {
            throw refused("Nothing was changed: add --yes to do this");
        }
        apply(session, unfinished.get(), migration, complete);
        journal.markRepaired();
        listener.report("Repaired: schema " + module.schema() + " is at version "
                + MigrationHistory.read(session.workConnection(), module).version());
        return true;
    }

    /** Prefers the journal, which knows the direction. */
    private static Optional<UnfinishedMigration> findUnfinished(MigrationJournal journal, MigrationHistory history)
            throws SQLException {
        for (UnfinishedMigration unfinished : journal.unfinished()) {
            if (unfinished.needsRepair()
                    && history.migration(unfinished.version()).isPresent()) {
                return Optional.of(unfinished);
            }
        }
        return history.migrations().stream()
                .filter(migration -> migration.state() == LifecycleState.FAILED)
                .findFirst()
                .map(UnfinishedMigration::ofFailedRow);
    }

    /** Returns whether the target includes the migration. */
    private static boolean requireTarget(UnfinishedMigration unfinished, MigrationStatus migration, int target) {
        boolean complete = target == unfinished.versionWith();
        if (!complete && target != unfinished.versionWithout()) {
            throw refused("Expected repair --to " + unfinished.versionWithout() + " (without "
                    + label(unfinished, migration) + ") or --to " + unfinished.versionWith()
                    + " (with it, if it is complete), got --to " + target);
        }
        return complete;
    }

    private static String label(UnfinishedMigration unfinished, MigrationStatus migration) {
        return unfinished.name() + " " + migration.description();
    }

    private String describeRollback(UnfinishedMigration unfinished, MigrationStatus migration) {
        if (unfinished.transactional()) {
            return "leave the schema as it is: PostgreSQL rolled the migration back when its session ended";
        }
        String undo = module.undoScript(migration.script()).name();
        return unfinished.undo()
                ? "run " + undo + " to its end, then " + migration.script() + " again"
                : "run " + undo + ", which removes what the migration has created so far";
    }

    private void apply(
            MigrationSession session, UnfinishedMigration unfinished, MigrationStatus migration, boolean complete)
            throws SQLException {
        HistoryTable table = new HistoryTable(session.workConnection());
        // A failed row would block Flyway, whichever way the repair goes.
        table.deleteFailed(String.valueOf(migration.version()));
        if (!complete && !unfinished.transactional()) {
            rollBack(session, unfinished, migration);
        } else if (complete && unfinished.undo()) {
            table.addUndone(migration, 0);
        } else if (complete) {
            table.addApplied(migration, 0);
        }
    }

    /** The opposite script drops what exists and ignores what is missing. */
    private void rollBack(MigrationSession session, UnfinishedMigration unfinished, MigrationStatus migration)
            throws SQLException {
        MigrationScript undo = module.undoScript(migration.script());
        options.limits().apply(session.workConnection(), undo.header());
        ScriptRunner runner = new ScriptRunner(session.workConnection(), listener);
        runner.execute(undo.statements());
        if (unfinished.undo()) {
            MigrationScript forward = module.migrationScript(migration.script());
            options.limits().apply(session.workConnection(), forward.header());
            runner.execute(forward.statements());
        }
    }
}
