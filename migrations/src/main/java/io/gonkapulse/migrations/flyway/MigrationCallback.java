package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.output.MigrationException.failed;

import io.gonkapulse.migrations.database.ServerMessageReporter;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.ScriptHeader;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Stands beside Flyway: limits each step, notes that it began, and says how it went. */
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

    MigrationCallback(MigrationSession run, MigrationModule folder, TimeLimits limits, MigrationListener narrator) {
        this.session = run;
        this.module = folder;
        this.limits = limits;
        this.listener = narrator;
        this.journal = new MigrationJournal(run.lockConnection());
    }

    int applied() {
        return applied;
    }

    /** The step that is being taken, empty between steps. */
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
            throw failed("Could not keep the journal of steps: " + e.getMessage(), e);
        }
    }

    @Override
    public String getCallbackName() {
        return "journal, limits and progress";
    }

    private void begin(MigrationInfo migration) throws SQLException {
        session.requireLock();
        journal.markFinished();
        ScriptHeader header = module.migrationScript(migration.getScript()).header();
        journal.begin(
                Integer.parseInt(migration.getVersion().getVersion()), MigrationDirection.UP, header.transactional());
        current = "V" + migration.getVersion() + " " + migration.getDescription();
        currentIsTransactional = header.transactional();
        limits.apply(session.workConnection(), header);
        startNanos = System.nanoTime();
    }

    private void end() {
        applied++;
        listener.report(current + ": " + ElapsedTime.format(ElapsedTime.since(startNanos)));
    }

    private void reportWarnings(Context context) {
        context.getStatement()
                .getWarnings()
                .forEach(warning -> ServerMessageReporter.report(listener, warning.getState(), warning.getMessage()));
    }
}
