package io.gonkapulse.migrations.flyway;

import io.gonkapulse.migrations.database.SharedConnectionDataSource;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Creates Flyway on an open session. All settings come from here, none from the environment. */
public final class FlywayFactory {

    private FlywayFactory() {}

    /**
     * Flyway that can migrate and read its history, but never clean.
     *
     * @param target newest version to apply, or {@code latest}
     */
    public static Flyway create(Connection connection, MigrationModule module, String target, Callback... callbacks) {
        return configuration(connection, module)
                .cleanDisabled(true)
                .target(target)
                .callbacks(callbacks)
                .load();
    }

    /** Drops everything in the schema. */
    public static void clean(Connection connection, MigrationModule module) {
        configuration(connection, module).cleanDisabled(false).load().clean();
    }

    private static FluentConfiguration configuration(Connection connection, MigrationModule module) {
        return Flyway.configure(FlywayFactory.class.getClassLoader())
                // Its log would repeat the lines of this program, in another format and with warnings of its own.
                .loggers(SilentLog.class.getName())
                .dataSource(new SharedConnectionDataSource(connection))
                .defaultSchema(module.schema())
                .schemas(module.schema())
                // The login may not have the right to create schemas, and public always exists.
                .createSchemas(false)
                .table(HistoryTable.NAME)
                .locations("classpath:" + module.location())
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                // Scripts are plain SQL and run unchanged, so that psql can run them too.
                .placeholderReplacement(false)
                // Flyway's lock in a separate transaction would block concurrent index builds forever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }

    /** Discards Flyway's log: this program reports the same in its own lines. Flyway creates it by its name. */
    public static final class SilentLog implements LogCreator, Log {

        @Override
        public Log createLogger(Class<?> type) {
            return this;
        }

        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {}

        @Override
        public void error(String message) {}

        @Override
        public void error(String message, Exception cause) {}

        @Override
        public void notice(String message) {}
    }
}
