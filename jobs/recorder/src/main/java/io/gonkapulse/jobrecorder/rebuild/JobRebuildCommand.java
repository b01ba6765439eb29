package io.gonkapulse.jobrecorder.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.jobrecorder.rebuild.JobRebuildRunner.JobRebuildRefusedException;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.workercore.replay.RebuildListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code rebuild} command. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Merges all events of the topic again, compares the jobs with the stored ones and replaces what differs.",
            "The service keeps running. You can stop the command at any time: nothing changes before the end."
        })
public final class JobRebuildCommand implements Callable<Integer> {

    private final ServiceRunner service;

    @Option(names = "--dry-run", description = "Compare only; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report with every difference to this file.")
    private @Nullable Path report;

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    public JobRebuildCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        try (ConfigurableApplicationContext context = service.openContext();
                PrintWriter file = new PrintWriter(openReport())) {
            JobRebuildReport result = context.getBean(JobRebuildRunner.class)
                    .run(dryRun, RebuildListener.of(err::println, commandReport::stage), file::println);
            report(result);
            result.countDifferences().forEach(file::println);
            result.lines().forEach(file::println);
            result.lines().forEach(out::println);
            result.examples().forEach(example -> out.println("  " + example));
            out.flush();
            if (file.checkError()) {
                err.println("Error: The report could not be written completely to " + report
                        + ". Check the free disk space");
                return 1;
            }
            return 0;
        } catch (JobRebuildRefusedException e) {
            err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private void report(JobRebuildReport result) {
        commandReport.result("recordsRead", result.records());
        commandReport.result("invalid", result.invalid());
        commandReport.result("jobsCompared", result.rows().compared());
        commandReport.result("jobsChanged", result.rows().changed());
        commandReport.result("jobsAdded", result.rows().added());
        commandReport.result("jobsRemoved", result.rows().removed());
        commandReport.result("stagesThatDiffer", result.rows().stages());
        commandReport.result("countsThatDiffered", result.countDifferences().size());
        commandReport.result("putInPlace", result.replaced());
    }

    private Writer openReport() throws IOException {
        return report == null ? Writer.nullWriter() : Files.newBufferedWriter(report, UTF_8);
    }
}
