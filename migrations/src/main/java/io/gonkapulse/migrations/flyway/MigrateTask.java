package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationException;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.flywaydb.core.api.FlywayException;

/** Applies the pending migrations in order, up to a target version. */
public record MigrateTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Migrates to the target version, or to the newest one.
     *
     * @throws MigrationException if a precondition or a migration fails
     */
    public MigrateReport run(OptionalInt target) {
        long start = System.nanoTime();
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            MigrateReport report = migrate(session, target);
            listener.report(report.text() + " (" + DurationFormatter.formatSince(start) + ")");
            return report;
        } catch (SQLException e) {
            throw failed("Could not migrate " + database.location() + ": " + SqlFailureFormatter.format(e), e);
        }
    }

    private MigrateReport migrate(MigrationSession session, OptionalInt target) throws SQLException {
        MigrationHistory before = prepare(session);
        requireKnown(before, target);
        MigrationCallback callback = new MigrationCallback(session, module, options.limits(), listener);
        try {
            FlywayFactory.create(
                            session.workConnection(),
                            module,
                            target.isPresent() ? String.valueOf(target.getAsInt()) : "latest",
                            callback)
                    .migrate();
        } catch (FlywayException e) {
            throw explain(session, callback, e);
        }
        // The journal entry of the last migration is still open: the callback closes an entry when the next one
        // starts.
        new MigrationJournal(session.lockConnection()).markFinished();
        return new MigrateReport(
                module.schema(),
                before.version(),
                MigrationHistory.read(session.workConnection(), module).version(),
                callback.applied());
    }

    private MigrationHistory prepare(MigrationSession session) throws SQLException {
        Connection lockConnection = session.lockConnection();
        // Checks run before anything is created, so that a foreign database stays untouched.
        MigrationSafetyCheck checks = new MigrationSafetyCheck(lockConnection, module);
        checks.requireNoForeignTables();
        if (!new HistoryTable(lockConnection).exists()) {
            checks.requireCreatePrivilege();
        }
        new ModuleSchema(lockConnection, module).createIfMissing();
        new HistoryTable(lockConnection).createIfMissing();
        new MigrationJournal(lockConnection).createIfMissing();
        // Closes entries of a run that was killed after its commit: those migrations are complete.
        new MigrationJournal(lockConnection).markFinished();
        MigrationHistory history = MigrationHistory.read(session.workConnection(), module);
        checks.requireNoIncompleteMigration(history);
        MigrationSafetyCheck.requireUnchangedFiles(history);
        if (!history.pending().isEmpty()) {
            checks.requireCreatePrivilege();
        }
        if (history.version() > history.newestKnown()) {
            listener.warn("The database is at version " + history.version() + ", and this program knows versions up to "
                    + history.newestKnown());
        }
        return history;
    }

    private static void requireKnown(MigrationHistory history, OptionalInt target) {
        if (target.isPresent() && target.getAsInt() > history.newestKnown()) {
            throw MigrationException.misconfigured(
                    "--to: expected a version up to " + history.newestKnown() + ", got " + target.getAsInt());
        }
        if (target.isPresent() && target.getAsInt() < history.version()) {
            throw refused("--to: the database is already at version " + history.version()
                    + "; migrate only goes forward, run undo --to " + target.getAsInt());
        }
    }

    /** Closes the journal entry of the failed migration and says what remains of it. */
    private MigrationException explain(MigrationSession session, MigrationCallback callback, FlywayException failure)
            throws SQLException {
        String why = SqlFailureFormatter.format(failure);
        String current = callback.current();
        if (current.isEmpty()) {
            return failed("Could not migrate " + database.location() + ": " + why, failure);
        }
        new MigrationJournal(session.lockConnection()).markFailed(why);
        String remains = callback.currentIsTransactional()
                ? ". Nothing of it remains; earlier migrations stay applied"
                : ". It may be half done: run status, then repair";
        return failed(current + " failed: " + why + remains, failure);
    }

    /** Result of a run: the version before and after. */
    public record MigrateReport(String schema, int from, int to, int applied) {

        String text() {
            return applied == 0
                    ? "Schema " + schema + " is at version " + to + ": nothing to do"
                    : "Schema " + schema + " migrated from version " + from + " to version " + to + ", " + applied
                            + (applied == 1 ? " migration" : " migrations");
        }
    }
}
