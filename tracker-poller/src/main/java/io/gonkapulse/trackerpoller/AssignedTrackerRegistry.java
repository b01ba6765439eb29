package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerCommand.PollNow;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.background.BackfillQueue.BackfillTask;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.LastPolls;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;

/** The trackers that Kafka assigned to this poller, each with a running {@link TrackerRunner}. Thread-safe. */
public final class AssignedTrackerRegistry implements TrackerAssignmentListener {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedTrackerRegistry.class);

    private final Function<TrackerName, Tracker> trackers;
    private final SharedPollerContext context;
    /** Written by the consumer's thread; health and meters read it at any time. */
    private final Map<TrackerName, TrackerRunner> runners = new ConcurrentHashMap<>();

    /** @param trackers creates the tracker of a name */
    public AssignedTrackerRegistry(Function<TrackerName, Tracker> trackers, SharedPollerContext context) {
        this.trackers = trackers;
        this.context = context;
    }

    @Override
    public void onAssigned(TrackerName name, InitialBackfillState initialBackfill) {
        LOG.info("{} starts polling {}", context.owner(), name);
        Tracker tracker = trackers.apply(name);
        TrackerRunner runner = new TrackerRunner(tracker, context, initialBackfill);
        runners.put(name, runner);
        context.reporter().add(tracker);
        runner.start();
    }

    @Override
    public void onRevoked(TrackerName tracker) {
        TrackerRunner runner = runners.remove(tracker);
        if (runner != null) {
            runner.stop();
            context.reporter().remove(tracker);
            LOG.info("{} stops polling {}", context.owner(), tracker);
        }
    }

    @Override
    public void onCommand(TrackerCommand command, Runnable acknowledge) {
        TrackerRunner runner = runners.get(command.tracker());
        if (runner == null) {
            // Without the acknowledgement Kafka would redeliver it forever.
            LOG.warn(
                    "Command {} is for tracker {}, which is not assigned here: expected one of {}",
                    command.id(),
                    command.tracker(),
                    runners.keySet());
            acknowledge.run();
        } else if (command instanceof BackfillEpochs backfill) {
            runner.addBackfill(new BackfillTask(backfill, acknowledge));
        } else if (command instanceof PollNow now) {
            pollNow(runner, now);
            acknowledge.run();
        }
    }

    int size() {
        return runners.size();
    }

    /** Epochs that received backfill commands still have to fetch. */
    public long epochsToBackfill() {
        return List.copyOf(runners.values()).stream()
                .mapToLong(TrackerRunner::epochsToBackfill)
                .sum();
    }

    /** Always up: a restart of the poller does not repair a tracker. */
    Health health() {
        Health.Builder health = Health.up();
        runners.values().forEach(runner -> health.withDetail(runner.tracker().toString(), details(runner.tracker())));
        return health.build();
    }

    /** Complete even before the first poll, so that an operator sees every assigned tracker. */
    private Map<String, Object> details(Tracker tracker) {
        Map<String, Object> details = new LinkedHashMap<>();
        Optional<LastPolls> polls =
                context.reporter().lastPollsOf(tracker.settings().name());
        details.put(
                "lastSuccess",
                polls.flatMap(LastPolls::lastSuccess).map(Instant::toString).orElse("never"));
        polls.map(LastPolls::newest).ifPresent(poll -> {
            details.put("lastPoll", poll.startedAt().toString());
            details.put("outcome", poll.outcome());
            details.put("error", poll.error() == null ? "" : poll.error());
        });
        details.put("addresses", tracker.client().addressStates());
        return details;
    }

    /** Ignores a command that waited longer than one interval: a scheduled poll ran in the meantime. */
    private void pollNow(TrackerRunner runner, PollNow command) {
        boolean overtaken = command.requestedAt()
                .plus(runner.tracker().settings().interval())
                .isBefore(context.clock().instant());
        if (!overtaken) {
            runner.pollNow();
        }
    }
}
