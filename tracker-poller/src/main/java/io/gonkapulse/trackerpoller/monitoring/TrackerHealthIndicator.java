package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.trackerpoller.monitoring.PollReporter.LastPolls;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows the assigned trackers. Always up: a restart of the poller does not repair a tracker. */
public final class TrackerHealthIndicator implements HealthIndicator {

    private final Supplier<Collection<Tracker>> trackers;
    private final PollReporter reporter;

    public TrackerHealthIndicator(Supplier<Collection<Tracker>> trackers, PollReporter log) {
        this.trackers = trackers;
        this.reporter = log;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        trackers.get().forEach(tracker -> health.withDetail(tracker.toString(), details(tracker)));
        return health.build();
    }

    /** Complete even before the first poll, so that an operator sees every assigned tracker. */
    private Map<String, Object> details(Tracker tracker) {
        Map<String, Object> details = new LinkedHashMap<>();
        Optional<LastPolls> polls = reporter.lastPollsOf(tracker.settings().name());
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
}
