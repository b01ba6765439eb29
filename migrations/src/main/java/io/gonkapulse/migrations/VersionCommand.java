package io.gonkapulse.migrations;

import io.gonkapulse.migrations.flyway.StatusReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the number alone, for scripts, and ignores problems. Of several modules, each name and number. */
@Command(name = "version", description = "Prints the newest applied version, 0 for an empty database.")
final class VersionCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    VersionCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<StatusReport> reports = StatusCommand.readAll(program);
        reports.forEach(report ->
                program.listener().report((reports.size() > 1 ? report.module().name() + " " : "") + report.version()));
        return 0;
    }
}
