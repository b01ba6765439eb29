package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.output.MigrationException.misconfigured;

import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationStatus;

/** The newest version that stays applied. */
public sealed interface UndoTarget {

    int version(MigrationHistory history);

    /** Undoes the newest applied migration only. */
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

    /** Keeps this version and those before it. */
    record DownToVersion(int version) implements UndoTarget {
        @Override
        public int version(MigrationHistory history) {
            if (version < 0 || version > history.version()) {
                throw misconfigured("--to: expected a version from 0 to " + history.version()
                        + ", the version of the database, got " + version);
            }
            return version;
        }
    }

    /** Keeps nothing. */
    record AllMigrations() implements UndoTarget {
        @Override
        public int version(MigrationHistory history) {
            return 0;
        }
    }
}
