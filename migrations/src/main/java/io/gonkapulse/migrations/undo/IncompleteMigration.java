package io.gonkapulse.migrations.undo;

import io.gonkapulse.migrations.flyway.MigrationDirection;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.flyway.UnfinishedMigration;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A migration or undo that left the database between two versions. */
record IncompleteMigration(MigrationStatus migration, MigrationDirection direction, boolean transactional) {

    /**
     * Prefers the journal, which knows the direction; a failed row of Flyway is always a migration outside a
     * transaction.
     */
    static Optional<IncompleteMigration> find(Connection connection, MigrationHistory history) throws SQLException {
        for (UnfinishedMigration unfinished : new MigrationJournal(connection).unfinished()) {
            Optional<MigrationStatus> migration = history.migration(unfinished.version());
            if (unfinished.needsRepair() && migration.isPresent()) {
                return Optional.of(
                        new IncompleteMigration(migration.get(), unfinished.direction(), unfinished.transactional()));
            }
        }
        return history.migrations().stream()
                .filter(migration -> migration.state() == LifecycleState.FAILED)
                .findFirst()
                .map(migration -> new IncompleteMigration(migration, MigrationDirection.UP, false));
    }

    String label() {
        return (direction == MigrationDirection.DOWN ? "U" : "V") + migration.version() + " " + migration.description();
    }

    int versionWithout() {
        return direction == MigrationDirection.DOWN ? migration.version() : migration.version() - 1;
    }

    int versionWith() {
        return direction == MigrationDirection.DOWN ? migration.version() - 1 : migration.version();
    }

    /** What a repair to the version without the migration will do. */
    String describeRollback(MigrationModule module) {
        if (transactional) {
            return "leave the schema as it is: PostgreSQL rolled the migration back when its session ended";
        }
        String undo = module.undoScript(migration.script()).name();
        return direction == MigrationDirection.DOWN
                ? "run " + undo + " to its end, then " + migration.script() + " again"
                : "run " + undo + ", which removes what the migration has created so far";
    }

    /** What a repair to the version with the migration will do. */
    String describeCompletion() {
        return "record in the history that the migration is complete, and change nothing else: you have checked it";
    }
}
