package io.gonkapulse.workercore.sql;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.SchemaSetup;
import io.gonkapulse.testkit.junit.TestDatabase;

/** Creates the schema of the migrations in a test database. */
public final class TestSchema {

    private TestSchema() {}

    public static void create(TestDatabase database) {
        SchemaSetup.create(database, TestSchema::migrate);
    }

    private static void migrate(TestDatabase database) {
        MigrationRunner.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                line -> {});
    }
}
