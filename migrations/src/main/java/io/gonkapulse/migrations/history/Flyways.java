package io.gonkapulse.migrations.history;

import io.gonkapulse.migrations.database.OneConnection;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Flyway on one open session, told everything by us and nothing by the environment. */
public final class Flyways {

    private Flyways() {}

    public static Flyway on(Connection connection, StepFolder folder, String target, Callback... callbacks) {
        return configuration(connection, folder)
                .cleanDisabled(true)
                .target(target)
                .callbacks(callbacks)
                .load();
    }

    /** Drops everything in the schema. */
    public static void erase(Connection connection, StepFolder folder) {
        configuration(connection, folder).cleanDisabled(false).load().clean();
    }

    private static FluentConfiguration configuration(Connection connection, StepFolder folder) {
        return Flyway.configure(Flyways.class.getClassLoader())
                .loggers(QuietLog.class.getName())
                .dataSource(new OneConnection(connection))
                .defaultSchema(folder.schema())
                .schemas(folder.schema())
                .createSchemas(false)
                .table(HistoryTable.NAME)
                .locations("classpath:" + folder.migrations())
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .placeholderReplacement(false)
                // A lock in a transaction of its own would be waited for by concurrent index builds, for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
