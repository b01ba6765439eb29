package io.gonkapulse.trackerpoller.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.servicekit.launch.Service;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.settings.PollerProperties;
import io.gonkapulse.trackerpoller.settings.TrackerProperties;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a poll would publish. */
@Command(
        description = {
            "Polls the running epoch of each tracker once, and prints the snapshots as JSON lines.",
            "Publishes nothing and needs no Kafka. How it went is told on stderr; exit code 1 if a poll failed."
        },
        mixinStandardHelpOptions = true)
public final class PollOnceCommand implements Callable<Integer> {

    private final Service service;
    private final BiFunction<ConfigurableApplicationContext, TrackerName, Tracker> trackers;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TRACKER", arity = "0..*", description = "Names of configured trackers; default: all.")
    private List<String> names = List.of();

    /** @param trackers makes a tracker ready to be asked */
    public PollOnceCommand(Service service, BiFunction<ConfigurableApplicationContext, TrackerName, Tracker> trackers) {
        this.service = service;
        this.trackers = trackers;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = open()) {
            boolean failed = false;
            for (TrackerProperties properties : chosen(context.getBean(PollerProperties.class))) {
                failed |= pollOnce(context, new TrackerName(properties.name())).outcome() == Outcome.FAILED;
            }
            return failed ? 1 : 0;
        }
    }

    /** Lazily, so that no producer looks for Kafka; and silent, because the log goes where the snapshots go. */
    private ConfigurableApplicationContext open() {
        return service.open("--service.needs=", "--spring.main.lazy-initialization=true", "--logging.level.root=off");
    }

    private List<TrackerProperties> chosen(PollerProperties properties) {
        return names.isEmpty()
                ? properties.trackers()
                : names.stream()
                        .map(name -> TrackerChoice.require(requireNonNull(spec), properties, name))
                        .toList();
    }

    private Poll pollOnce(ConfigurableApplicationContext context, TrackerName name) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        Poll poll = new CurrentPoll(
                        trackers.apply(context, name),
                        new Printing(out),
                        "poll-once",
                        context.getBean(InstantSource.class))
                .run()
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

    private record Printing(PrintWriter out) implements Outlet {

        private static final SnapshotCodec CODEC = new SnapshotCodec();

        @Override
        public Batch begin() {
            return new Batch() {
                @Override
                public void add(Snapshot snapshot) {
                    out.println(new String(CODEC.encode(snapshot), UTF_8));
                }

                @Override
                public void finish() {
                    out.flush();
                }
            };
        }

        @Override
        public void tell(Poll poll) {
            // The summary on stderr says it.
        }
    }
}
