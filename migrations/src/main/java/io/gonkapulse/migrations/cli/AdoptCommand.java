package io.gonkapulse.migrations.cli;

import io.gonkapulse.migrations.adopt.AdoptTask;
import io.gonkapulse.migrations.adopt.UndoAdoptionTask;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "adopt",
        description = {
            "Brings an existing MineGNK database to this schema, every row kept; --undo gives it back as it was.",
            "A dry run unless --yes: it does the work in one transaction and rolls it back."
        })
final class AdoptCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--yes", description = "Does it, in one transaction.")
    private boolean yes;

    @Option(
            names = "--undo",
            description =
                    "Takes an adoption back: tables and rows as they were. Rows of now are kept in another schema.")
    private boolean undo;

    @Option(
            names = "--without-undo",
            description = "Adopts although --undo could not take it back: only a backup is a way back then.")
    private boolean withoutUndo;

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
        MigrationModule folder = program.module();
        if (undo) {
            new UndoAdoptionTask(program.database(folder), folder, program.options(), program.listener()).run(yes);
        } else {
            new AdoptTask(program.database(folder), folder, program.options(), program.listener())
                    .run(zone, yes, !withoutUndo);
        }
        return 0;
    }
}
