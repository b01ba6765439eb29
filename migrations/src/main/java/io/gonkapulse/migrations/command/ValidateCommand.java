package io.gonkapulse.migrations.command;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.StatusReport;
import io.gonkapulse.migrations.steps.StepFolder;
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
        StepFolder folder = program.folder();
        report.steps().stream().map(KnownStep::script).forEach(folder::back);
        long applied = report.steps().stream().filter(KnownStep::isApplied).count();
        program.narrator()
                .say("Valid: " + applied + " of " + report.steps().size()
                        + " steps applied, each as it is in this program, each with its way back");
        return 0;
    }
}
