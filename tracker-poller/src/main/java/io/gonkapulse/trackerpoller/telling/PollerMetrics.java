package io.gonkapulse.trackerpoller.telling;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts polls. Every participant of an answer is counted once: published, or skipped for a reason; the sum of both is
 * what trackers named.
 */
public final class PollerMetrics implements PollLog.PollWatcher {

    private final MeterRegistry meters;

    public PollerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void polled(Poll poll) {
        String tracker = poll.tracker().value();
        String purpose = word(poll.purpose());
        meters.counter(Meter.POLLS.id(), "tracker", tracker, "purpose", purpose, "outcome", word(poll.outcome()))
                .increment();
        meters.counter(Meter.PUBLISHED.id(), "tracker", tracker, "purpose", purpose)
                .increment((double) poll.counts().published());
        poll.counts()
                .skipped()
                .forEach((reason, count) -> meters.counter(
                                Meter.SKIPPED.id(), "tracker", tracker, "purpose", purpose, "reason", reason)
                        .increment((double) count));
        // From the beginning, so that the first one that is missed shows as a change.
        missed(poll.tracker(), 0);
        time(poll, "fetch", poll.stages().fetch());
        time(poll, "parse", poll.stages().parse());
        time(poll, "publish", poll.stages().publish());
    }

    @Override
    public void missed(TrackerName tracker, long beats) {
        meters.counter(Meter.BEATS_MISSED.id(), "tracker", tracker.value()).increment((double) beats);
    }

    private void time(Poll poll, String stage, Duration took) {
        meters.timer(
                        Meter.STAGE.id(),
                        "tracker",
                        poll.tracker().value(),
                        "purpose",
                        word(poll.purpose()),
                        "stage",
                        stage)
                .record(took);
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
