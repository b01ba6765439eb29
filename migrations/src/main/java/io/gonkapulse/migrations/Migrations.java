package io.gonkapulse.migrations;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.forward.Migrate;
import io.gonkapulse.migrations.forward.MigrateReport;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.outcome.MigrationException;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.util.OptionalInt;

/** The job for programs that hold it: the same steps, the same lock, in this process. */
public final class Migrations {

    private Migrations() {}

    /**
     * Waits for the database, brings it to the newest step, and returns where it stands.
     *
     * @param narrator hears every step, line by line
     * @throws MigrationException with a message for an operator
     */
    public static MigrateReport migrate(DatabaseSettings database, Narrator narrator) {
        StepFolder folder = StepFolder.of("tracker");
        return new Migrate(new Database(database, folder.schema()), folder, RunOptions.DEFAULT, narrator)
                .run(OptionalInt.empty());
    }
}
