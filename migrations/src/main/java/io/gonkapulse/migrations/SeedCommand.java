package io.gonkapulse.migrations;

import io.gonkapulse.migrations.flyway.SeedTask;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Safe to repeat: sample rows have fixed keys, so a second run adds only what is missing. */
@Command(name = "seed", description = "Fills an empty schema with sample data for development.")
final class SeedCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    SeedCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        new SeedTask(program.database(module), module, program.options(), program.listener()).run();
        return 0;
    }
}
