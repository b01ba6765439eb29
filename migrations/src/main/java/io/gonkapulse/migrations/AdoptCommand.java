package io.gonkapulse.migrations;

import io.gonkapulse.migrations.adopt.AdoptTask;
import io.gonkapulse.migrations.adopt.JobAdoptionTask;
import io.gonkapulse.migrations.adopt.UndoAdoptionTask;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Without {@code --yes} a dry run, because an adoption changes the tables of a running portal. */
@Command(
        name = "adopt",
        description = {
            "Migrates an existing MineGNK database to this schema and keeps every row; --undo restores it.",
            "With --module audit: copies the jobs of a bot platform from schema public; --undo deletes the copies.",
            "Without --yes a dry run: does the work in one transaction and rolls it back."
        })
final class AdoptCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--yes", description = "Adopt the database, in one transaction.")
    private boolean yes;

    @Option(
            names = "--undo",
            description = "Undo an adoption: restore tables and rows. Current rows are kept in another schema.")
    private boolean undo;

    @Option(
            names = "--without-undo",
            description = "Adopt even if --undo could not undo it: then only a backup can restore the database.")
    private boolean withoutUndo;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Time zone of timestamps that have none (default UTC).")
    private ZoneId zone = ZoneOffset.UTC;

    AdoptCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        if (module.equals(MigrationModule.AUDIT)) {
            adoptJobs(module);
        } else if (undo) {
            new UndoAdoptionTask(program.database(module), module, program.options(), program.listener()).run(yes);
        } else {
            new AdoptTask(program.database(module), module, program.options(), program.listener())
                    .run(zone, yes, !withoutUndo);
        }
        return 0;
    }

    private void adoptJobs(MigrationModule module) {
        JobAdoptionTask task =
                new JobAdoptionTask(program.database(module), module, program.options(), program.listener());
        if (undo) {
            task.undo(yes);
        } else {
            task.run(zone, yes);
        }
    }
}
