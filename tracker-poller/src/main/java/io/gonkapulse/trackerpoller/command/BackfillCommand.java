package io.gonkapulse.trackerpoller.command;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.launch.Service;
import io.gonkapulse.trackerpoller.publish.KafkaPublisher;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.settings.PollerProperties;
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

/** Orders old epochs. */
@Command(
        description = {
            "Orders the poller that owns TRACKER to fetch the epochs A to B, the oldest first.",
            "A restart of the poller does not lose its place."
        },
        mixinStandardHelpOptions = true)
public final class BackfillCommand implements Callable<Integer> {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,15})\\.\\.(\\d{1,15})");

    private final Service service;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TRACKER", description = "The name of a configured tracker.")
    private @Nullable String tracker;

    @Option(names = "--epochs", paramLabel = "A..B", required = true, description = "Both ends are included.")
    private @Nullable String epochs;

    public BackfillCommand(Service service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        Matcher range = range();
        try (ConfigurableApplicationContext context = service.open("--logging.level.root=off")) {
            PollerProperties properties = context.getBean(PollerProperties.class);
            TrackerChoice.require(spec(), properties, requireNonNull(tracker));
            Backfill order = order(context.getBean(InstantSource.class).instant(), range);
            context.getBean(KafkaPublisher.class).order(order);
            out().printf(
                            "Ordered epochs %d to %d of %s as backfill %s.%n"
                                    + "The poller that owns %s logs a line for each epoch, and tracker.polls has a record.%n",
                            order.fromEpoch(), order.toEpoch(), order.tracker(), order.id(), order.tracker())
                    .flush();
            return 0;
        } catch (PublishFailedException failure) {
            spec().commandLine().getErr().println("Error: " + failure.getMessage());
            return 1;
        }
    }

    private Backfill order(Instant now, Matcher range) {
        return new Backfill(
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
