package io.gonkapulse.migrations.command;

import io.gonkapulse.migrations.adopt.Adopt;
import io.gonkapulse.migrations.steps.StepFolder;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "adopt",
        description = "Brings an existing MineGNK database to this schema, every row kept. A dry run unless --yes.")
final class AdoptCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--yes", description = "Does it, in one transaction.")
    private boolean yes;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "What the database's timestamps without a zone are in (default UTC).")
    private ZoneId zone = ZoneOffset.UTC;

    AdoptCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StepFolder folder = program.folder();
        new Adopt(program.database(folder), folder, program.options(), program.narrator()).run(zone, yes);
        return 0;
    }
}
