package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.trackerpoller.http.FailoverClient;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * The meters of the assigned trackers. Each participant of a response counts once: published, or skipped with a reason.
 * Both together are what the tracker sent.
 */
public final class PollerMetrics implements PollListener {

    /** The word of {@link FailoverClient.AddressState#circuit}; a half-open circuit lets requests pass. */
    private static final String OPEN = "open";

    private final MeterRegistry meters;

    public PollerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The gauge reads the states of the circuits at each scrape. */
    @Override
    public void onAssigned(Tracker tracker) {
        Gauge.builder(PulseMeter.CIRCUITS_OPEN.id(), tracker, PollerMetrics::countOpenCircuits)
                .tag("tracker", tracker.settings().name().value())
                .register(meters);
    }

    @Override
    public void onRevoked(TrackerName tracker) {
        meters.find(PulseMeter.CIRCUITS_OPEN.id())
                .tag("tracker", tracker.value())
                .meters()
                .forEach(meters::remove);
    }

    private static double countOpenCircuits(Tracker tracker) {
        return tracker.client().addressStates().stream()
                .filter(address -> address.circuit().equals(OPEN))
                .count();
    }

    @Override
    public void onPoll(Poll poll) {
        String tracker = poll.tracker().value();
        String purpose = lowerCase(poll.purpose());
        meters.counter(
                        PulseMeter.POLLS.id(),
                        "tracker",
                        tracker,
                        "purpose",
                        purpose,
                        "outcome",
                        lowerCase(poll.outcome()))
                .increment();
        meters.counter(PulseMeter.SNAPSHOTS_PUBLISHED.id(), "tracker", tracker, "purpose", purpose)
                .increment((double) poll.counts().published());
        poll.counts()
                .skipped()
                .forEach((reason, count) -> meters.counter(
                                PulseMeter.PARTICIPANTS_SKIPPED.id(),
                                "tracker",
                                tracker,
                                "purpose",
                                purpose,
                                "reason",
                                reason)
                        .increment((double) count));
        // Registers the counter at zero, so that alerts see the first increase.
        onPollsSkipped(poll.tracker(), 0);
        time(poll, "fetch", poll.stages().fetch());
        time(poll, "parse", poll.stages().parse());
        time(poll, "publish", poll.stages().publish());
    }

    @Override
    public void onPollsSkipped(TrackerName tracker, long count) {
        meters.counter(PulseMeter.POLLS_SKIPPED.id(), "tracker", tracker.value())
                .increment((double) count);
    }

    private void time(Poll poll, String stage, Duration duration) {
        meters.timer(
                        PulseMeter.POLL_STAGE.id(),
                        "tracker",
                        poll.tracker().value(),
                        "purpose",
                        lowerCase(poll.purpose()),
                        "stage",
                        stage)
                .record(duration);
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
