package io.gonkapulse.migrations;

import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static java.util.stream.Collectors.joining;

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
import java.util.List;
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
            "MIGRATIONS_MODULES=tracker,audit names the modules where --module does not.",
            "Exit codes: 0 done or nothing to do, 1 failed, 2 usage or configuration, 3 refused for safety."
        })
final class MigrationsCommand implements Callable<Integer> {

    private static final String MODULES_SETTING = "MIGRATIONS_MODULES";

    /** Read by each command when it runs, because {@code --help} and {@code new} need no database. */
    private final SettingSource settings;

    private final MigrationListener listener;

    @Option(
            names = "--module",
            paramLabel = "MODULE",
            scope = ScopeType.INHERIT,
            description =
                    "Module to work on: tracker (schema public), audit (schema audit), or all for migrate, status, "
                            + "version and validate (default: MIGRATIONS_MODULES, else tracker).")
    private @Nullable String module;

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
        // Versions of different modules have nothing in common.
        List<MigrationModule> modules = target.isPresent() ? List.of(module()) : modules();
        for (MigrationModule each : modules) {
            new MigrateTask(database(each), each, options(), listener).run(target);
        }
    }

    List<MigrationModule> modules() {
        return module != null
                ? MigrationModule.listOf("--module", module)
                : MigrationModule.listOf(
                        MODULES_SETTING, settings.find(MODULES_SETTING).orElse(MigrationModule.TRACKER.name()));
    }

    /** For commands that work on one module. */
    MigrationModule module() {
        List<MigrationModule> modules = modules();
        if (modules.size() > 1) {
            throw misconfigured("--module: expected one module, such as --module "
                    + modules.get(0).name() + ", got "
                    + modules.stream().map(MigrationModule::name).collect(joining(" and "))
                    + (module == null ? " from " + MODULES_SETTING : ""));
        }
        return modules.get(0);
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
