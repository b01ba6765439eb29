package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.ModuleSchema;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Undoes applied migrations, newest first, each with its own script. Everything is checked before the first undo, so
 * that a refusal never leaves a version that nobody asked for.
 */
public record UndoTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    public void undoNewest() {
        run(history -> history.migrations().stream()
                .filter(MigrationStatus::isApplied)
                .mapToInt(MigrationStatus::version)
                .filter(version -> version < history.version())
                .max()
                .orElse(0));
    }

    /** Undoes the migrations above a version. */
    public void undoTo(int version) {
        run(history -> {
            if (version < 0 || version > history.version()) {
                throw misconfigured("--to: expected a version from 0 to " + history.version()
                        + ", the version of the database, got " + version);
            }
            return version;
        });
    }

    public void undoAll() {
        run(history -> 0);
    }

    /** @param target newest version that stays applied */
    private void run(ToIntFunction<MigrationHistory> target) {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            if (!new HistoryTable(session.lockConnection()).exists()) {
                listener.report("Schema " + module.schema() + " has no history: nothing to undo");
                return;
            }
            undo(session, target);
        } catch (SQLException e) {
            throw failed("Could not undo at " + database.location() + ": " + SqlFailureFormatter.format(e), e);
        }
    }

    private void undo(MigrationSession session, ToIntFunction<MigrationHistory> target) throws SQLException {
        MigrationJournal journal = new MigrationJournal(session.lockConnection());
        journal.createIfMissing();
        journal.markFinished();
        MigrationHistory history = MigrationHistory.read(session.workConnection(), module);
        new MigrationSafetyCheck(session.lockConnection(), module).requireNoIncompleteMigration(history);
        List<MigrationStatus> migrations = migrationsAbove(history, target.applyAsInt(history));
        requireKnown(migrations);
        requireNotAdopted(migrations, journal.newestFound());
        for (MigrationStatus migration : migrations) {
            new UndoScriptRunner(session, module, options.limits(), listener).run(migration);
        }
        int version = MigrationHistory.read(session.workConnection(), module).version();
        listener.report("Schema " + module.schema() + " is at version " + version
                + (migrations.isEmpty() ? ": nothing to undo" : ""));
        if (version == 0 && new ModuleSchema(session.workConnection(), module).dropIfEmpty()) {
            listener.report("Schema " + module.schema() + " was empty and is dropped, with the history of its undos");
        }
    }

    private static List<MigrationStatus> migrationsAbove(MigrationHistory history, int target) {
        return history.migrations().stream()
                .filter(migration -> migration.isApplied() && migration.version() > target)
                .sorted(Comparator.comparingInt(MigrationStatus::version).reversed())
                .toList();
    }

    /** Checked for all migrations before the first one is undone. */
    private static void requireKnown(List<MigrationStatus> migrations) {
        migrations.stream()
                .filter(migration -> migration.checksum() == null)
                .findFirst()
                .ifPresent(migration -> {
                    throw refused(migration.label()
                            + " was applied by a newer program, and only that one has its undo: use it to undo");
                });
    }

    /** The undo script of an adopted version would drop tables of the portal. */
    private static void requireNotAdopted(List<MigrationStatus> migrations, int newestFound) {
        migrations.stream()
                .filter(migration -> migration.version() <= newestFound)
                .findFirst()
                .ifPresent(migration -> {
                    throw refused(migration.label() + " existed before this database was adopted, and so did its rows: "
                            + "undo stops at version " + newestFound + " (undo --to " + newestFound
                            + "); adopt --undo restores the whole database");
                });
    }
}
