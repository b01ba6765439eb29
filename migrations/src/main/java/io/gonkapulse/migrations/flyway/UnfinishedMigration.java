package io.gonkapulse.migrations.flyway;

import org.jspecify.annotations.Nullable;

/**
 * A migration or undo that was started and has not finished.
 *
 * @param interrupted whether the process ended before it could record a failure
 */
public record UnfinishedMigration(
        int version,
        MigrationDirection direction,
        boolean transactional,
        boolean interrupted,
        String startedAt,
        @Nullable String error) {

    /** A failure inside a transaction changed nothing and was recorded, so the migration can simply run again. */
    public boolean needsRepair() {
        return interrupted || !transactional;
    }

    public String name() {
        return (direction == MigrationDirection.DOWN ? "U" : "V") + version;
    }

    /** Version of the database without it. */
    public int versionWithout() {
        return direction == MigrationDirection.DOWN ? version : version - 1;
    }

    /** Version of the database with it. */
    public int versionWith() {
        return direction == MigrationDirection.DOWN ? version - 1 : version;
    }
}
