package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.output.MigrationException.misconfigured;

import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationStatus;

/** The newest step that stays. */
public sealed interface UndoTarget {

    int version(MigrationHistory history);

    /** All but the newest applied step stay. */
    record NewestMigration() implements UndoTarget {
        @Override
        public int version(MigrationHistory history) {
            return history.migrations().stream()
                    .filter(MigrationStatus::isApplied)
                    .mapToInt(MigrationStatus::version)
                    .filter(version -> version < history.version())
                    .max()
                    .orElse(0);
        }
    }

    /** This step stays, and those before it. */
    record DownToVersion(int version) implements UndoTarget {
        @Override
        public int version(MigrationHistory history) {
            if (version < 0 || version > history.version()) {
                throw misconfigured("--to: expected a step from 0 to " + history.version()
                        + ", where the database stands, got " + version);
            }
            return version;
        }
    }

    /** Nothing stays. */
    record AllMigrations() implements UndoTarget {
        @Override
        public int version(MigrationHistory history) {
            return 0;
        }
    }
}
