package io.gonkapulse.trackerpoller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a poll would publish. */
@Command(
        description = {
            "Polls the running epoch of each tracker once, and prints the snapshots as JSON lines.",
            "Publishes nothing and needs no Kafka. Prints a summary to stderr; exit code 1 if a poll failed."
        },
        mixinStandardHelpOptions = true)
final class PollOnceCommand implements Callable<Integer> {

    private final ServiceRunner service;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TRACKER", arity = "0..*", description = "Names of configured trackers; default: all.")
    private List<String> names = List.of();

    PollOnceCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = open()) {
            boolean failed = false;
            for (TrackerProperties properties : selectedTrackers(context.getBean(PollerProperties.class))) {
                failed |= pollOnce(context, new TrackerName(properties.name())).outcome() == Outcome.FAILED;
            }
            return failed ? 1 : 0;
        }
    }

    /**
     * Lazy, so that no producer connects to Kafka. Silent, because the log would go to the same stream as the
     * snapshots.
     */
    private ConfigurableApplicationContext open() {
        return service.openContext(
                "--service.needs=", "--spring.main.lazy-initialization=true", "--logging.level.root=off");
    }

    private List<TrackerProperties> selectedTrackers(PollerProperties properties) {
        try {
            return names.isEmpty()
                    ? properties.trackers()
                    : names.stream().map(properties::requireTracker).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }

    private Poll pollOnce(ConfigurableApplicationContext context, TrackerName name) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        Poll poll = new EpochPoller(
                        context.getBean(TrackerFactory.class).create(name),
                        new PrintingPublisher(out),
                        "poll-once",
                        context.getBean(InstantSource.class))
                .poll()
                .poll();
        out.flush();
        requireNonNull(spec).commandLine().getErr().printf("%s%n", summary(poll));
        return poll;
    }

    private static String summary(Poll poll) {
        return poll.tracker() + ": " + poll.outcome() + ", " + poll.counts().published() + " participants"
                + (poll.counts().skipped().isEmpty()
                        ? ""
                        : ", skipped " + poll.counts().skipped())
                + (poll.error() == null ? "" : ": " + poll.error());
    }

    private record PrintingPublisher(PrintWriter out) implements PollPublisher {

        private static final SnapshotCodec CODEC = new SnapshotCodec();

        @Override
        public PublishBatch startBatch() {
            return new PublishBatch() {
                @Override
                public void add(Snapshot snapshot) {
                    out.println(new String(CODEC.encode(snapshot), UTF_8));
                }

                @Override
                public void flush() {
                    out.flush();
                }
            };
        }

        @Override
        public void publishPoll(Poll poll) {
            // The summary on stderr reports the poll.
        }
    }
}
