package io.gonkapulse.migrations.back;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.history.SafetyChecks;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** Takes applied steps back, newest first, each with its own script. */
public record Undo(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    public void run(UndoTarget target) {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            if (!new HistoryTable(run.watching()).exists()) {
                narrator.say("Schema " + folder.schema() + " has no history: nothing to undo");
                return;
            }
            undo(run, target);
        } catch (SQLException e) {
            throw failed("Could not undo at " + database.place() + ": " + message(e), e);
        }
    }

    private void undo(ExclusiveRun run, UndoTarget target) throws SQLException {
        StepJournal journal = new StepJournal(run.watching());
        journal.createUnlessThere();
        journal.settle();
        History history = History.read(run.working(), folder);
        new SafetyChecks(run.watching(), folder).requireNothingHalfDone(history);
        List<KnownStep> steps = stepsAbove(history, target.version(history));
        requireKnown(steps);
        requireNotFound(steps, journal.newestFound());
        for (KnownStep step : steps) {
            new StepBack(run, folder, options.limits(), narrator).take(step);
        }
        int version = History.read(run.working(), folder).version();
        narrator.say("Schema " + folder.schema() + " stands at step " + version
                + (steps.isEmpty() ? ": nothing to undo" : ""));
    }

    private static List<KnownStep> stepsAbove(History history, int target) {
        return history.steps().stream()
                .filter(step -> step.isApplied() && step.version() > target)
                .sorted(Comparator.comparingInt(KnownStep::version).reversed())
                .toList();
    }

    private static void requireKnown(List<KnownStep> steps) {
        steps.stream().filter(step -> step.checksum() == null).findFirst().ifPresent(step -> {
            throw refused(
                    step.label() + " was made by a newer program, and its way back is only there: undo with that one");
        });
    }

    private static void requireNotFound(List<KnownStep> steps, int newestFound) {
        steps.stream().filter(step -> step.version() <= newestFound).findFirst().ifPresent(step -> {
            throw refused(step.label() + " was there before this database was adopted, and so were its rows: "
                    + "undo goes back to step " + newestFound + " (undo --to " + newestFound
                    + "); adopt --undo gives the whole database back");
        });
    }

    private static String message(SQLException failure) {
        return SqlFailure.in(failure).map(SqlFailure::message).orElse("");
    }
}
