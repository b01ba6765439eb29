package io.gonkapulse.earningsaggregator.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRefusedException;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.workercore.replay.RebuildListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code rebuild} command. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Computes the history again from the topic, compares it with the stored one and replaces it.",
            "The service keeps running. You can stop the command at any time: nothing changes before the end."
        })
public final class RebuildCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "DATE", description = "Do not change days before this one (2026-03-31).")
    private @Nullable LocalDate from;

    @Option(names = "--dry-run", description = "Compare only; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = {
                "Accept a topic that was compacted, or is being compacted. Requires --from:",
                "the first day for which the topic has every record."
            })
    private boolean force;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report with every difference to this file.")
    private @Nullable Path report;

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    private final ServiceRunner service;

    public RebuildCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        // A compacted topic never covers all days, so the operator must name the first complete one.
        if (force && from == null) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--force: expected --from DATE with it, the first day for which the topic has every record");
        }
        try (ConfigurableApplicationContext context = service.openContext();
                PrintWriter file = new PrintWriter(openReport())) {
            RebuildReport result = context.getBean(RebuildRunner.class)
                    .run(
                            new RebuildRequest(from, dryRun, force),
                            RebuildListener.of(err::println, commandReport::stage),
                            file::println,
                            file::println);
            result.lines().forEach(file::println);
            report(result);
            print(result);
            return isWritten(file, result, err) ? 0 : 1;
        } catch (RebuildRefusedException e) {
            err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private void report(RebuildReport result) {
        commandReport.result("recordsRead", result.records().read());
        commandReport.result("daysCompared", result.counts().compared());
        commandReport.result("daysEqual", result.counts().equal());
        commandReport.result("otherDifferences", result.otherDifferences());
        commandReport.result("putInPlace", result.swapped());
    }

    /** Prints the figures and the largest differences; the report file has all of them. */
    private void print(RebuildReport result) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        result.lines().forEach(out::println);
        result.largest().forEach(difference -> out.println("  " + difference));
        result.otherExamples().forEach(difference -> out.println("  " + difference));
        long more = result.counts().compared()
                - result.counts().equal()
                - result.largest().size()
                + result.otherDifferences()
                - result.otherExamples().size();
        if (more > 0) {
            boolean isListed = report != null || result.counts().isAllNew();
            out.println("  and " + more + " more" + (isListed ? "" : "; --report FILE lists them all"));
        }
        out.flush();
    }

    /** {@link PrintWriter} swallows I/O errors, so the file is checked at the end. */
    private boolean isWritten(PrintWriter file, RebuildReport result, PrintWriter err) {
        boolean written = !file.checkError();
        if (!written) {
            err.println(
                    "Error: The report could not be written completely to " + report + ". Check the free disk space. "
                            + (result.swapped()
                                    ? "The rebuild is complete and its history is in place; differences that are"
                                            + " missing in the report cannot be listed again"
                                    : "Nothing was changed: free some space, then run it again"));
        }
        return written;
    }

    private Writer openReport() throws IOException {
        return report == null ? Writer.nullWriter() : Files.newBufferedWriter(report, UTF_8);
    }
}
