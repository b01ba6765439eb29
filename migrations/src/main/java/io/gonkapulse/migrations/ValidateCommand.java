package io.gonkapulse.migrations;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.StatusReport;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.List;
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
        List<StatusReport> reports = StatusCommand.readAll(program);
        if (reports.stream().anyMatch(report -> !report.problems().isEmpty())) {
            throw failed(reports.stream()
                    .flatMap(report -> report.problems().stream()
                            .map(problem ->
                                    (reports.size() > 1 ? report.module().name() + " " : "") + problem.subject() + ": "
                                            + problem.message()))
                    .collect(joining("\n  ", "Not valid:\n  ", "")));
        }
        reports.forEach(this::validate);
        return 0;
    }

    private void validate(StatusReport report) {
        MigrationModule module = report.module();
        report.migrations().stream().map(MigrationStatus::script).forEach(module::undoScript);
        long applied =
                report.migrations().stream().filter(MigrationStatus::isApplied).count();
        program.listener()
                .report("Valid: " + applied + " of " + report.migrations().size() + " migrations of module "
                        + module.name() + " applied, each as in this program and with an undo");
    }
}
