package io.gonkapulse.migrations.back;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.ScriptRun;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.Direction;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Script;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.SQLException;
import java.util.Optional;

/** Mends a database whose newest step was cut short or failed halfway: to the state without the step, or with it. */
public record Repair(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    /**
     * Repairs, or says what that would be.
     *
     * @param confirmed false to only say what would be done
     */
    public void run(int target, boolean confirmed) {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            Optional<BrokenStep> broken = brokenStep(run);
            if (broken.isEmpty()) {
                narrator.say("Nothing to repair: no step was cut short or failed halfway");
                return;
            }
            repair(run, broken.get(), target, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not repair " + database.place() + ": "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse(""),
                    e);
        }
    }

    private Optional<BrokenStep> brokenStep(ExclusiveRun run) throws SQLException {
        if (!new HistoryTable(run.watching()).exists()) {
            return Optional.empty();
        }
        new StepJournal(run.watching()).createUnlessThere();
        new StepJournal(run.watching()).settle();
        return BrokenStep.find(run.watching(), History.read(run.working(), folder));
    }

    private void repair(ExclusiveRun run, BrokenStep broken, int target, boolean confirmed) throws SQLException {
        boolean keep = target == broken.versionWithIt();
        if (!keep && target != broken.versionWithoutIt()) {
            throw refused("Expected repair --to " + broken.versionWithoutIt() + " (without " + broken.name()
                    + ") or --to " + broken.versionWithIt() + " (with it, if it is complete), got --to " + target);
        }
        narrator.say(broken.name() + " did not get to its end. Repair to step " + target + " will:");
        narrator.say("  - " + (keep ? broken.planToKeep() : broken.planToDrop(folder)));
        narrator.say("  - note in the journal that it was repaired");
        if (!confirmed) {
            throw refused("Nothing was changed: add --yes to do this");
        }
        mend(run, broken, keep);
        new StepJournal(run.watching()).markRepaired();
        narrator.say("Repaired: schema " + folder.schema() + " stands at step "
                + History.read(run.working(), folder).version());
    }

    private void mend(ExclusiveRun run, BrokenStep broken, boolean keep) throws SQLException {
        HistoryTable table = new HistoryTable(run.working());
        table.forgetFailed(String.valueOf(broken.step().version()));
        if (keep) {
            record(table, broken);
        } else if (!broken.transactional()) {
            clearUp(run, broken);
        }
    }

    private static void record(HistoryTable table, BrokenStep broken) throws SQLException {
        if (broken.direction() == Direction.DOWN) {
            table.addUndone(broken.step(), 0);
        } else {
            table.addApplied(broken.step(), 0);
        }
    }

    /** The other direction's script takes away what is there and does not mind what is not. */
    private void clearUp(ExclusiveRun run, BrokenStep broken) throws SQLException {
        KnownStep step = broken.step();
        Script back = folder.back(step.script());
        options.limits().apply(run.working(), back.header());
        ScriptRun script = new ScriptRun(run.working(), narrator);
        script.execute(back.statements());
        if (broken.direction() == Direction.DOWN) {
            Script forward = folder.forward(step.script());
            options.limits().apply(run.working(), forward.header());
            script.execute(forward.statements());
        }
    }
}
