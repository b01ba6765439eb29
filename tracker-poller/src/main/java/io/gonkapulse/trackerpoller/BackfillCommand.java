package io.gonkapulse.trackerpoller;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a backfill command. */
@Command(
        description = {
            "Sends a command to fetch the epochs A to B of TRACKER, the oldest first.",
            "The backfill survives restarts of the pollers."
        },
        mixinStandardHelpOptions = true)
final class BackfillCommand implements Callable<Integer> {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,15})\\.\\.(\\d{1,15})");

    private final ServiceRunner service;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TRACKER", description = "The name of a configured tracker.")
    private @Nullable String tracker;

    @Option(names = "--epochs", paramLabel = "A..B", required = true, description = "Both ends are included.")
    private @Nullable String epochs;

    BackfillCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        Matcher range = range();
        try (ConfigurableApplicationContext context = service.openContext("--logging.level.root=off")) {
            requireConfigured(context.getBean(PollerProperties.class));
            BackfillEpochs backfill =
                    backfill(context.getBean(InstantSource.class).instant(), range);
            context.getBean(KafkaPublisher.class).sendCommand(backfill);
            out().printf(
                            "Sent backfill %s: epochs %d to %d of %s.%n"
                                    + "The poller of %s logs a line and publishes a record to tracker.polls for each epoch.%n",
                            backfill.id(),
                            backfill.fromEpoch(),
                            backfill.toEpoch(),
                            backfill.tracker(),
                            backfill.tracker())
                    .flush();
            return 0;
        } catch (PublishFailedException failure) {
            spec().commandLine().getErr().println("Error: " + failure.getMessage());
            return 1;
        }
    }

    private void requireConfigured(PollerProperties properties) {
        try {
            properties.requireTracker(requireNonNull(tracker));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        }
    }

    private BackfillEpochs backfill(Instant now, Matcher range) {
        return new BackfillEpochs(
                UUID.randomUUID().toString(),
                new TrackerName(requireNonNull(tracker)),
                now,
                Long.parseLong(range.group(1)),
                Long.parseLong(range.group(2)));
    }

    private Matcher range() {
        Matcher range = RANGE.matcher(requireNonNull(epochs));
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--epochs: expected two epochs as 100..120, the older one first, got \"" + epochs + '"');
        }
        return range;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        return requireNonNull(spec);
    }
}
