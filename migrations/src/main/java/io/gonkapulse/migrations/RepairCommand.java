package io.gonkapulse.migrations;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.undo.RepairTask;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The target is required and compared with the journal: an operator who expects another state must look at it first.
 */
@Command(
        name = "repair",
        description = "Repairs a database after an interrupted or half-done migration. Prints what it will do first.")
final class RepairCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(
            names = "--to",
            paramLabel = "N",
            required = true,
            description = "Target version: the incomplete migration, or the one before it.")
    private int target;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    RepairCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        new RepairTask(program.database(module), module, program.options(), program.listener()).run(target, yes);
        return 0;
    }
}
