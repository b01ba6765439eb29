package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.polling.EpochPoller.PollResult;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Polls the running epoch of one tracker on its schedule, one poll at a time. */
public final class PollLoop {

    /** Short enough after a rebalance, long enough to spread many trackers. */
    private static final Duration MAX_INITIAL_DELAY = Duration.ofSeconds(2);

    private static final Duration PUBLISH_RETRY_DELAY = Duration.ofSeconds(5);

    private final PollingSettings settings;
    private final EpochPoller poller;
    private final PollSchedule schedule;
    private final SharedPollerContext context;
    private final Consumer<PollResult> results;
    private final WakeupTimer wakeup = new WakeupTimer();

    public PollLoop(
            PollingSettings settings, EpochPoller poller, SharedPollerContext context, Consumer<PollResult> results) {
        this.settings = settings;
        this.poller = poller;
        this.schedule = new PollSchedule(settings.name().value(), settings.interval());
        this.context = context;
        this.results = results;
    }

    /** Polls without waiting for the schedule. */
    public void pollNow() {
        wakeup.wake();
    }

    public void run() throws InterruptedException {
        Instant due = now().plus(randomShare(min(MAX_INITIAL_DELAY, settings.interval())));
        while (true) {
            boolean requested = wakeup.await(min(Duration.between(now(), due), settings.interval()));
            if (requested || isDue(due)) {
                due = pollOnce();
            }
        }
    }

    /** A due time beyond the longest interval means that the clock was set back; then it polls at once. */
    private boolean isDue(Instant due) {
        Instant now = now();
        return !now.isBefore(due) || now.isBefore(due.minus(schedule.maxInterval()));
    }

    /** Returns when the next poll is due. */
    private Instant pollOnce() throws InterruptedException {
        long slot = schedule.slotAt(now());
        if (!context.lease().isHeld()) {
            context.reporter().reportSkipped(settings.name(), 1);
            return now().plus(min(Duration.ofSeconds(1), settings.interval()));
        }
        PollResult result = pollWithPermit();
        results.accept(result);
        Instant end = now();
        context.reporter().reportSkipped(settings.name(), Math.max(0, schedule.slotAt(end) - slot));
        return result.retryable()
                ? end.plus(min(PUBLISH_RETRY_DELAY, settings.interval()))
                : schedule.slotTime(
                        schedule.slotAt(end) + 1, ThreadLocalRandom.current().nextDouble());
    }

    /** The permits bound memory and bandwidth when many trackers are due at once. */
    private PollResult pollWithPermit() throws InterruptedException {
        context.pollPermits().acquire();
        try {
            return poller.poll();
        } finally {
            context.pollPermits().release();
        }
    }

    private Instant now() {
        return context.clock().instant();
    }

    private static Duration randomShare(Duration duration) {
        return Duration.ofMillis(
                (long) (duration.toMillis() * ThreadLocalRandom.current().nextDouble()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
