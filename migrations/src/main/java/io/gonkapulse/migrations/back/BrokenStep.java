package io.gonkapulse.migrations.back;

import io.gonkapulse.migrations.history.Direction;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.KnownStep.State;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.history.UnfinishedStep;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The step that stands between two states of the database. */
record BrokenStep(KnownStep step, Direction direction, boolean transactional) {

    static Optional<BrokenStep> find(Connection connection, History history) throws SQLException {
        for (UnfinishedStep unfinished : new StepJournal(connection).unfinished()) {
            Optional<KnownStep> step = history.step(unfinished.version());
            if (unfinished.needsRepair() && step.isPresent()) {
                return Optional.of(new BrokenStep(step.get(), unfinished.direction(), unfinished.transactional()));
            }
        }
        return history.steps().stream()
                .filter(step -> step.state() == State.FAILED)
                .findFirst()
                .map(step -> new BrokenStep(step, Direction.UP, false));
    }

    String name() {
        return (direction == Direction.DOWN ? "U" : "V") + step.version() + " " + step.description();
    }

    int versionWithoutIt() {
        return direction == Direction.DOWN ? step.version() : step.version() - 1;
    }

    int versionWithIt() {
        return direction == Direction.DOWN ? step.version() - 1 : step.version();
    }

    String planToDrop(StepFolder folder) {
        if (transactional) {
            return "leave the schema as it is: the database took the step back when its session ended";
        }
        String back = folder.back(step.script()).name();
        return direction == Direction.DOWN
                ? "run " + back + " to its end and then " + step.script() + " again"
                : "run " + back + ", which takes away what the step has made so far";
    }

    String planToKeep() {
        return "write into the history that the step is complete, and change nothing else: you have looked at it";
    }
}
