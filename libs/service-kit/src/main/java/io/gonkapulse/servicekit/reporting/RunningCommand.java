package io.gonkapulse.servicekit.reporting;

import io.gonkapulse.jobreporter.JobReportCounts;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.ReportedJob;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

/** A command that runs as a job. A signal ends the job as canceled. */
final class RunningCommand {

    private final JobReporter reporter;
    private final ReportedJob job;
    private final CommandReport report;
    private final SecretMasker masker;
    private final Thread stopHook = new Thread(this::cancel, "command-report-stop");

    RunningCommand(JobReporter reporter, ReportedJob job, CommandReport report, SecretMasker masker) {
        this.reporter = reporter;
        this.job = job;
        this.report = report;
        this.masker = masker;
        report.attach(name -> job.stage(masker.mask(name)), values -> job.progress(masker.mask(values)));
        addStopHook();
    }

    private void addStopHook() {
        try {
            Runtime.getRuntime().addShutdownHook(stopHook);
        } catch (IllegalStateException e) {
            cancel();
        }
    }

    private void cancel() {
        job.cancel("A signal stopped the command");
        reporter.close();
    }

    /** Prints a line only if reports were lost. */
    void end(int exitCode, ErrorOutputWriter errorOutput, PrintWriter warnings) {
        if (!removeStopHook() && exitCode != 0) {
            cancel();
        } else if (exitCode == 0) {
            job.succeed(results());
        } else {
            fail(exitCode, errorOutput.end(masker));
        }
        reporter.close();
        warnIfLost(warnings);
    }

    /** Returns false if a signal is ending this program: then the command may have failed because of it. */
    private boolean removeStopHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopHook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private Map<String, Object> results() {
        return masker.mask(report.results());
    }

    /** A command that finds differences prints no error: its figures say why it failed. */
    private void fail(int exitCode, String errorOutput) {
        String figures = results().entrySet().stream()
                .map(figure -> figure.getKey() + ": " + figure.getValue())
                .collect(Collectors.joining(", "));
        String lastLine =
                errorOutput.substring(errorOutput.lastIndexOf('\n') + 1).strip();
        job.fail(
                "exit code " + exitCode,
                lastLine.isEmpty() ? figures : lastLine,
                errorOutput.isEmpty() ? null : errorOutput);
    }

    private void warnIfLost(PrintWriter warnings) {
        JobReportCounts counts = reporter.counts();
        if (counts.lost() > 0) {
            String cause = counts.lastFailure();
            CommandReporter.warn(
                    warnings,
                    counts.lost() + " events were lost: "
                            + (cause == null ? "no response within JOBS_CLOSE_TIMEOUT" : masker.mask(cause)));
        }
    }
}
