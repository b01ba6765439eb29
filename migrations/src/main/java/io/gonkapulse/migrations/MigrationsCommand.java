package io.gonkapulse.migrations;

import io.gonkapulse.migrations.database.DatabaseConnectionPoller;
import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.flyway.MigrateTask;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.servicekit.settings.DatabaseSettingsReader;
import io.gonkapulse.servicekit.settings.SettingSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command with the options that all commands share. Without a command it migrates. */
@Command(
        name = "migrations",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = MigrationsCommand.VersionProvider.class,
        description =
                "Migrates the database to the schema that the services need, or undoes migrations. Default: migrate.",
        footer = {
            "",
            "Database: DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE, or",
            "DATABASE_URL=postgres://user:password@host:port/database?sslmode=... (wins), or the Spring settings",
            "spring.datasource.url, .username and .password (environment or --spring.datasource.url=...).",
            "Exit codes: 0 done or nothing to do, 1 failed, 2 usage or configuration, 3 refused for safety."
        })
final class MigrationsCommand implements Callable<Integer> {

    /** Read by each command when it runs, because {@code --help} and {@code new} need no database. */
    private final SettingSource settings;

    private final MigrationListener listener;

    @Option(
            names = "--module",
            paramLabel = "MODULE",
            scope = ScopeType.INHERIT,
            description = "Module whose schema is migrated: tracker (default), audit or relay.")
    private String module = "tracker";

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "How long to wait until the database accepts connections, such as 90s or 2min (default 60s).")
    private Duration wait = RunOptions.DEFAULT.databaseWait();

    @Option(
            names = "--lock-wait",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "How long to wait for another run to finish (default 10min).")
    private Duration lockWait = RunOptions.DEFAULT.lockWait();

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "How long a migration may wait for a table lock; overrides its header.")
    private @Nullable Duration lockTimeout;

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "How long one statement of a migration may take; overrides its header.")
    private @Nullable Duration statementTimeout;

    MigrationsCommand(SettingSource settings, MigrationListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    @Override
    public Integer call() {
        migrate(OptionalInt.empty());
        return 0;
    }

    void migrate(OptionalInt target) {
        MigrationModule module = module();
        new MigrateTask(database(module), module, options(), listener).run(target);
    }

    MigrationModule module() {
        return MigrationModule.of(module);
    }

    MigrationDatabase database(MigrationModule module) {
        return new MigrationDatabase(new DatabaseSettingsReader(settings).read(), module.schema());
    }

    Connection connect(MigrationDatabase database) {
        return new DatabaseConnectionPoller(wait, listener).connect(database);
    }

    RunOptions options() {
        return new RunOptions(
                wait,
                lockWait,
                new TimeLimits(Optional.ofNullable(lockTimeout), Optional.ofNullable(statementTimeout)));
    }

    SettingSource settings() {
        return settings;
    }

    MigrationListener listener() {
        return listener;
    }

    /** Reads the version that the build wrote into the manifest of the jar. */
    static final class VersionProvider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = VersionProvider.class.getPackage().getImplementationVersion();
            return new String[] {"migrations " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
