package io.gonkapulse.migrations;

import io.gonkapulse.migrations.flyway.ResetTask;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Requires two confirmations. The environment says that data may be lost on this machine; the option says that the
 * settings point to the intended database.
 */
@Command(
        name = "reset",
        description =
                "Drops everything in the schema. Refused unless ALLOW_RESET=true and --yes-drop names the database.")
final class ResetCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--yes-drop", paramLabel = "DBNAME", description = "Name of the database, as confirmation.")
    private String database = "";

    ResetCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        boolean allowed =
                program.settings().find("ALLOW_RESET").filter("true"::equals).isPresent();
        new ResetTask(program.database(module), module, program.options(), program.listener()).run(allowed, database);
        return 0;
    }
}
