package io.gonkapulse.migrations;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.flyway.MigrateTask;
import io.gonkapulse.migrations.flyway.MigrateTask.MigrateReport;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.MigrationException;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.util.OptionalInt;

/** Runs the migrations inside another program, with the same scripts and the same lock as the command line. */
public final class MigrationRunner {

    private MigrationRunner() {}

    /**
     * Waits for the database and migrates the module tracker to its newest version.
     *
     * @param listener receives one line per migration
     * @throws MigrationException with a message for an operator
     */
    public static MigrateReport migrate(DatabaseSettings database, MigrationListener listener) {
        return migrate(database, MigrationModule.TRACKER, listener);
    }

    /**
     * Waits for the database and migrates one module to its newest version.
     *
     * @param listener receives one line per migration
     * @throws MigrationException with a message for an operator
     */
    public static MigrateReport migrate(DatabaseSettings database, MigrationModule module, MigrationListener listener) {
        return new MigrateTask(new MigrationDatabase(database, module.schema()), module, RunOptions.DEFAULT, listener)
                .run(OptionalInt.empty());
    }
}
