package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.jobreporter.JobBuilder;
import io.gonkapulse.jobreporter.JobReportCounts;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.JsonObjectText;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command as a job. Trouble with reporting never changes what the command does or returns. */
@Command(
        name = "run",
        description = "Runs a command and reports it as a job: start, heartbeats, end. Exit code 0 is reported as"
                + " succeeded, another as failed with the end of the error output, a signal to this program as canceled."
                + " Input and outputs pass through. Exits with the exit code of the command.",
        footer = {
            "",
            "The command finds the id of the job in JOBS_JOB_ID.",
            "Exit codes: that of the command; 2 usage or configuration, 127 the command cannot be started.",
            "Example: jobs run --bot nightly-backup -- pg_dump --file backup.sql shop"
        })
final class RunJobCommand implements Callable<Integer> {

    private final ProgramContext context;

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Option(
            names = "--bot",
            required = true,
            paramLabel = "BOT",
            description = "The kind of the job: 1 to 64 characters a-z, 0-9, '.', '_' and '-'.")
    private String bot = "";

    @Option(names = "--id", paramLabel = "UUID", description = "Id of the job (default: a new UUID of version 7).")
    private @Nullable UUID id;

    @Option(names = "--parent", paramLabel = "UUID", description = "Id of the job that started this one.")
    private @Nullable UUID parent;

    @Option(names = "--created-by", paramLabel = "NAME", description = "Who asked for the job.")
    private @Nullable String createdBy;

    @Option(names = "--meta", paramLabel = "JSON", description = "A JSON object: what the job is about.")
    private @Nullable String meta;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            description = "How long the job counts as running without a heartbeat, such as 90s or 5min (default 30s).")
    private @Nullable Duration lease;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> command = List.of();

    RunJobCommand(ProgramContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        JobDescription description;
        JsonObjectText metaObject;
        JobReporterProperties properties;
        try {
            // Nothing after the start of the command may change its exit code.
            description = new JobDescription(
                    bot, createdBy == null ? null : new JobCreator(createdBy, null, null), parent, null);
            metaObject = meta == null ? null : new JsonObjectText(meta);
            properties = readProperties();
        } catch (IllegalArgumentException e) {
            throw reporting.usageError(e);
        }
        JobReporter reporter = JobReporter.open(properties, context.clock());
        JobBuilder job = reporter.job(bot)
                .id(id)
                .parent(description.parentId())
                .createdBy(description.createdBy())
                .meta(metaObject);
        StopSignal stopSignal = StopSignal.install();
        int exitCode = ExitCode.SOFTWARE;
        try {
            exitCode = new CommandRunner(command, stopSignal, context).run(job.start());
            reporter.close();
            warnIfLost(reporter.counts());
        } finally {
            stopSignal.release(exitCode);
        }
        return exitCode;
    }

    private JobReporterProperties readProperties() {
        JobReporterProperties properties = reporting.read(context.environment());
        return lease == null ? properties : properties.withLease(lease);
    }

    private void warnIfLost(JobReportCounts counts) {
        if (counts.lost() > 0) {
            String cause = counts.lastFailure();
            context.err()
                    .println("jobs: warning: " + counts.lost() + " events of the job could not be reported: "
                            + (cause == null ? "expected a response within JOBS_CLOSE_TIMEOUT, got none" : cause));
        }
    }
}
