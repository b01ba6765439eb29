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

/** The step that stands between two states of the database. */
record IncompleteMigration(MigrationStatus migration, MigrationDirection direction, boolean transactional) {

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

    String describeRollback(MigrationModule module) {
        if (transactional) {
            return "leave the schema as it is: the database took the step back when its session ended";
        }
        String undo = module.undoScript(migration.script()).name();
        return direction == MigrationDirection.DOWN
                ? "run " + undo + " to its end and then " + migration.script() + " again"
                : "run " + undo + ", which takes away what the step has made so far";
    }

    String describeCompletion() {
        return "write into the history that the step is complete, and change nothing else: you have looked at it";
    }
}
