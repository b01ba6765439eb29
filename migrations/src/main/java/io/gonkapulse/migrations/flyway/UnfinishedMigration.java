package io.gonkapulse.migrations.flyway;

import org.jspecify.annotations.Nullable;

/**
 * A migration or undo that was started and has not finished.
 *
 * @param undo whether it is the undo of the migration
 * @param interrupted whether the process ended before it could record a failure
 */
public record UnfinishedMigration(
        int version,
        boolean undo,
        boolean transactional,
        boolean interrupted,
        String startedAt,
        @Nullable String error) {

    /** A migration outside a transaction whose failure is only in Flyway's history. */
    public static UnfinishedMigration ofFailedRow(MigrationStatus migration) {
        return new UnfinishedMigration(migration.version(), false, false, false, "", null);
    }

    /** A failure inside a transaction changed nothing and was recorded, so the migration can simply run again. */
    public boolean needsRepair() {
        return interrupted || !transactional;
    }

    public String name() {
        return (undo ? "U" : "V") + version;
    }

    /** Version of the database without it. */
    public int versionWithout() {
        return undo ? version : version - 1;
    }

    /** Version of the database with it. */
    public int versionWith() {
        return undo ? version - 1 : version;
    }
}
