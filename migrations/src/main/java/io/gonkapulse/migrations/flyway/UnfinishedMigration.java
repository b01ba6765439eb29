package io.gonkapulse.migrations.flyway;

import org.jspecify.annotations.Nullable;

/**
 * A step that began and is not done.
 *
 * @param interrupted nobody was there any more to see it fail
 */
public record UnfinishedMigration(
        int version,
        MigrationDirection direction,
        boolean transactional,
        boolean interrupted,
        String startedAt,
        @Nullable String error) {

    /** A step that failed in a transaction changed nothing, and somebody saw it: it can simply be taken again. */
    public boolean needsRepair() {
        return interrupted || !transactional;
    }

    public String name() {
        return (direction == MigrationDirection.DOWN ? "U" : "V") + version;
    }

    /** Where the database stands without the step. */
    public int versionWithout() {
        return direction == MigrationDirection.DOWN ? version : version - 1;
    }

    /** Where the database stands with the step. */
    public int versionWith() {
        return direction == MigrationDirection.DOWN ? version - 1 : version;
    }
}
