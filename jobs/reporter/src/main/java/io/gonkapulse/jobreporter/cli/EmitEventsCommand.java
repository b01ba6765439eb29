package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.jobreporter.EventPublisherFactory;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the events of a file or of the standard input while it reads them. */
@Command(
        name = "emit",
        description = "Sends events, one JSON object a line, from the standard input or a file. Stops at the first"
                + " invalid line, which it names; the lines before it are sent then.",
        footer = {
            "",
            "Exit codes: 0 all lines sent, 1 an invalid line or a line that was not sent, 2 usage or configuration."
        })
final class EmitEventsCommand implements Callable<Integer> {

    private final ProgramContext context;

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Option(
            names = "--dialect",
            paramLabel = "own|bot|openlineage",
            description = "Whose events: our own (default), the lines of the bot platform, or OpenLineage run events.")
    private EventDialect dialect = EventDialect.OWN;

    @Option(names = "--file", paramLabel = "FILE", description = "The file to read (default: the standard input).")
    private @Nullable Path file;

    @Option(names = "--keep-going", description = "Report invalid lines and continue with the next.")
    private boolean keepGoing;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long to retry while nothing can be sent (default 60s).")
    private Duration timeout = Duration.ofMinutes(1);

    private long invalid;

    EmitEventsCommand(ProgramContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (EventPublisher publisher = openPublisher();
                InputStream input = file == null ? context.in() : Files.newInputStream(file)) {
            EventBatchSender sender = new EventBatchSender(publisher, timeout);
            // A program at the other end of a pipe may pause, even within a line.
            return emit(new LineReader(input, dialect.maxBytes(), sender::flush), sender);
        } catch (IOException e) {
            context.err().println("jobs: cannot read the events: " + e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private EventPublisher openPublisher() {
        try {
            return EventPublisherFactory.create(reporting.read(context.environment()));
        } catch (IllegalArgumentException e) {
            throw reporting.usageError(e);
        }
    }

    private int emit(LineReader lines, EventBatchSender sender) throws IOException, InterruptedException {
        try {
            sendLines(lines, sender);
            sender.flush();
        } catch (EventBatchSender.ReceiverUnavailableException e) {
            // The summary says how many events were not sent, and why.
        }
        printSummary(lines, sender);
        return invalid + sender.notSent() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void sendLines(LineReader lines, EventBatchSender sender) throws IOException, InterruptedException {
        while (keepGoing || invalid + sender.rejected() == 0) {
            try {
                byte[] line = lines.next();
                if (line == null) {
                    return;
                }
                sender.add(dialect.parse(line));
            } catch (UndecodableMessageException e) {
                invalid++;
                context.err().println("jobs: line " + lines.number() + ": " + e.getMessage());
            }
        }
    }

    private void printSummary(LineReader lines, EventBatchSender sender) {
        context.out().println(sender.sent() + " events of " + lines.number() + " lines sent");
        if (invalid > 0) {
            context.err().println("jobs: " + invalid + " invalid lines");
        }
        if (sender.notSent() > 0) {
            context.err().println("jobs: " + sender.notSent() + " events not sent: " + sender.lastFailure());
        }
    }
}
