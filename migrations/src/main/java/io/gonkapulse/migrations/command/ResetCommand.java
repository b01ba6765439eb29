package io.gonkapulse.migrations.command;

import io.gonkapulse.migrations.sample.Reset;
import io.gonkapulse.migrations.steps.StepFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        description =
                "Drops everything in the schema. Refused unless ALLOW_RESET=true and --yes-drop names the database.")
final class ResetCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--yes-drop", paramLabel = "DBNAME", description = "The name of the database, to be sure.")
    private String database = "";

    ResetCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StepFolder folder = program.folder();
        boolean allowed =
                program.settings().find("ALLOW_RESET").filter("true"::equals).isPresent();
        new Reset(program.database(folder), folder, program.options(), program.narrator()).run(allowed, database);
        return 0;
    }
}
