package io.gonkapulse.migrations.command;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.history.StatusReport;
import io.gonkapulse.migrations.outcome.Ending;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Lists every step, [X] applied or [ ] pending, and what is wrong. Exit code 1 if anything is.")
final class StatusCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    StatusCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StatusReport report = read(program);
        program.narrator().say(json ? StatusJson.of(report) : StatusTable.of(report));
        return (report.problems().isEmpty() ? Ending.DONE : Ending.FAILED).exitCode();
    }

    static StatusReport read(MigrationsCommand program) {
        StepFolder folder = program.folder();
        Database database = program.database(folder);
        try (Connection connection = program.connect(database)) {
            return StatusReport.read(connection, database, folder);
        } catch (SQLException e) {
            throw failed("Could not close the session at " + database.place() + ": " + e.getMessage(), e);
        }
    }
}
