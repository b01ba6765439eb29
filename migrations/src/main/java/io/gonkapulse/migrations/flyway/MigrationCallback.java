package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;

import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.ScriptHeader;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Flyway callback that sets the timeouts of each migration, keeps the journal and reports progress. Not thread-safe:
 * Flyway runs one migration after the other in the calling thread.
 */
final class MigrationCallback implements Callback {

    private final MigrationSession session;
    private final MigrationModule module;
    private final TimeLimits limits;
    private final MigrationListener listener;
    private final MigrationJournal journal;
    private long startNanos;
    private int applied;
    private String current = "";
    private boolean currentIsTransactional;

    MigrationCallback(MigrationSession session, MigrationModule module, TimeLimits limits, MigrationListener listener) {
        this.session = session;
        this.module = module;
        this.limits = limits;
        this.listener = listener;
        this.journal = new MigrationJournal(session.lockConnection());
    }

    int applied() {
        return applied;
    }

    /** The migration that was started last; empty before the first. */
    String current() {
        return current;
    }

    boolean currentIsTransactional() {
        return currentIsTransactional;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return switch (event) {
            case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_STATEMENT -> true;
            default -> false;
        };
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            switch (event) {
                case BEFORE_EACH_MIGRATE -> begin(context.getMigrationInfo());
                case AFTER_EACH_MIGRATE -> end();
                default -> reportWarnings(context);
            }
        } catch (SQLException e) {
            throw failed("Could not write the journal: " + e.getMessage(), e);
        }
    }

    @Override
    public String getCallbackName() {
        return "journal, limits and progress";
    }

    private void begin(MigrationInfo migration) throws SQLException {
        // A lost lock session means that another run may have started.
        session.requireLock();
        journal.markFinished();
        ScriptHeader header = module.migrationScript(migration.getScript()).header();
        // In the lock session, so that the entry survives a rollback or a kill of the work session.
        journal.beginMigration(Integer.parseInt(migration.getVersion().getVersion()), header.transactional());
        current = "V" + migration.getVersion() + " " + migration.getDescription();
        currentIsTransactional = header.transactional();
        limits.apply(session.workConnection(), header);
        startNanos = System.nanoTime();
    }

    private void end() {
        applied++;
        listener.report(current + ": " + DurationFormatter.formatSince(startNanos));
    }

    /** Notices and warnings that the statement raised. */
    private void reportWarnings(Context context) {
        context.getStatement()
                .getWarnings()
                .forEach(warning -> ScriptRunner.report(listener, warning.getState(), warning.getMessage()));
    }
}
