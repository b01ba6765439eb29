package io.gonkapulse.migrations.cli;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.undo.RepairTask;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "repair",
        description = "Mends a database after a step that was cut short or failed halfway. Says what it will do first.")
final class RepairCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(
            names = "--to",
            paramLabel = "N",
            required = true,
            description = "Where the database shall stand: at the step before the broken one, or at the broken one.")
    private int target;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    RepairCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule folder = program.module();
        new RepairTask(program.database(folder), folder, program.options(), program.listener()).run(target, yes);
        return 0;
    }
}
