package io.gonkapulse.migrations.forward;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.database.ServerMessage;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.history.Direction;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Header;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Stands beside Flyway: limits each step, notes that it began, and says how it went. */
final class StepCallback implements Callback {

    private final ExclusiveRun run;
    private final StepFolder folder;
    private final TimeLimits limits;
    private final Narrator narrator;
    private final StepJournal journal;
    private long startOfStep;
    private int applied;
    private String current = "";
    private boolean currentIsTransactional;

    StepCallback(ExclusiveRun run, StepFolder folder, TimeLimits limits, Narrator narrator) {
        this.run = run;
        this.folder = folder;
        this.limits = limits;
        this.narrator = narrator;
        this.journal = new StepJournal(run.watching());
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
                default -> passOn(context);
            }
        } catch (SQLException e) {
            throw failed("Could not keep the journal of steps: " + e.getMessage(), e);
        }
    }

    @Override
    public String getCallbackName() {
        return "journal, limits and progress";
    }

    private void begin(MigrationInfo step) throws SQLException {
        run.requireLock();
        journal.settle();
        Header header = folder.forward(step.getScript()).header();
        journal.begin(Integer.parseInt(step.getVersion().getVersion()), Direction.UP, header.transactional());
        current = "V" + step.getVersion() + " " + step.getDescription();
        currentIsTransactional = header.transactional();
        limits.apply(run.working(), header);
        startOfStep = System.nanoTime();
    }

    private void end() {
        applied++;
        narrator.say(current + ": " + Elapsed.text(Elapsed.since(startOfStep)));
    }

    private void passOn(Context context) {
        context.getStatement()
                .getWarnings()
                .forEach(warning -> ServerMessage.tell(narrator, warning.getState(), warning.getMessage()));
    }
}
