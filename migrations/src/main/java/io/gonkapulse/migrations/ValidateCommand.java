package io.gonkapulse.migrations;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Reads the undo scripts too: otherwise a missing one would show only when it is needed. */
@Command(
        name = "validate",
        description = "Checks that the applied migrations match this program and that each has an undo.")
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
        MigrationModule module = program.module();
        report.migrations().stream().map(MigrationStatus::script).forEach(module::undoScript);
        long applied =
                report.migrations().stream().filter(MigrationStatus::isApplied).count();
        program.listener()
                .report("Valid: " + applied + " of " + report.migrations().size()
                        + " migrations applied, each as in this program and with an undo");
        return 0;
    }
}
