package io.gonkapulse.migrations.cli;

import static io.gonkapulse.migrations.output.MigrationException.failed;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "validate",
        description = "Checks that what was applied is what this program holds, and that every step has its way back.")
final class ValidateCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    ValidateCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StatusReport report = StatusCommand.read(program);
        if (!report.problems().isEmpty()) {
            throw failed(report.problems().stream()
                    .map(problem -> problem.subject() + ": " + problem.message())
                    .collect(joining("\n  ", "Not valid:\n  ", "")));
        }
        MigrationModule folder = program.module();
        report.migrations().stream().map(MigrationStatus::script).forEach(folder::undoScript);
        long applied =
                report.migrations().stream().filter(MigrationStatus::isApplied).count();
        program.listener()
                .report("Valid: " + applied + " of " + report.migrations().size()
                        + " steps applied, each as it is in this program, each with its way back");
        return 0;
    }
}
