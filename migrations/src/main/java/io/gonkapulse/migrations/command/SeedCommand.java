package io.gonkapulse.migrations.command;

import io.gonkapulse.migrations.sample.Seed;
import io.gonkapulse.migrations.steps.StepFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "seed", description = "Fills an empty schema with sample data for development.")
final class SeedCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    SeedCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StepFolder folder = program.folder();
        new Seed(program.database(folder), folder, program.options(), program.narrator()).run();
        return 0;
    }
}
