package io.gonkapulse.migrations;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes nothing, and works during a run. Exit code 1 lets a deployment stop on problems. */
@Command(
        name = "status",
        description = "Lists every migration, [X] applied or [ ] pending, and problems. Exit code 1 if there are any.")
final class StatusCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    StatusCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<StatusReport> reports = readAll(program);
        program.listener().report(json ? StatusFormatter.toJson(reports) : StatusFormatter.toTable(reports));
        return reports.stream().allMatch(report -> report.problems().isEmpty())
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    static List<StatusReport> readAll(MigrationsCommand program) {
        return program.modules().stream().map(module -> read(program, module)).toList();
    }

    /** Opens a single session without the run lock, so that status works during a run. */
    private static StatusReport read(MigrationsCommand program, MigrationModule module) {
        MigrationDatabase database = program.database(module);
        try (Connection connection = program.connect(database)) {
            return StatusReport.read(connection, database, module);
        } catch (SQLException e) {
            throw failed("Could not close the session at " + database.location() + ": " + e.getMessage(), e);
        }
    }
}
