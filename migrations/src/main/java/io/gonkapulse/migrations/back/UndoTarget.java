package io.gonkapulse.migrations.back;

import static io.gonkapulse.migrations.outcome.MigrationException.misconfigured;

import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.KnownStep;

/** The newest step that stays. */
public sealed interface UndoTarget {

    int version(History history);

    /** All but the newest applied step stay. */
    record Newest() implements UndoTarget {
        @Override
        public int version(History history) {
            return history.steps().stream()
                    .filter(KnownStep::isApplied)
                    .mapToInt(KnownStep::version)
                    .filter(version -> version < history.version())
                    .max()
                    .orElse(0);
        }
    }

    /** This step stays, and those before it. */
    record To(int step) implements UndoTarget {
        @Override
        public int version(History history) {
            if (step < 0 || step > history.version()) {
                throw misconfigured("--to: expected a step from 0 to " + history.version()
                        + ", where the database stands, got " + step);
            }
            return step;
        }
    }

    /** Nothing stays. */
    record All() implements UndoTarget {
        @Override
        public int version(History history) {
            return 0;
        }
    }
}
