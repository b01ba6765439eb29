package io.gonkapulse.trackerpoller.run;

import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.poll.PollResult;
import io.gonkapulse.trackerpoller.schedule.Beat;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Polls the running epoch of one tracker on its beats, on a thread of its own; one poll is over before the next begins. */
final class Beats {

    /** Soon enough for whoever takes a tracker over, and wide enough that many of them do not start at once. */
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(2);

    private static final Duration AFTER_FAILED_PUBLISHING = Duration.ofSeconds(5);

    private final TrackerSettings settings;
    private final CurrentPoll poll;
    private final Beat beat;
    private final Surroundings around;
    private final Consumer<PollResult> results;
    private final Bell bell = new Bell();

    Beats(TrackerSettings settings, CurrentPoll poll, Surroundings around, Consumer<PollResult> results) {
        this.settings = settings;
        this.poll = poll;
        this.beat = new Beat(settings.name().value(), settings.interval());
        this.around = around;
        this.results = results;
    }

    /** Does not wait for the next beat. */
    void pollNow() {
        bell.ring();
    }

    void run() throws InterruptedException {
        Instant due = now().plus(shareOf(min(FIRST_WITHIN, settings.interval())));
        while (true) {
            boolean ordered = bell.await(min(Duration.between(now(), due), settings.interval()));
            if (ordered || hasCome(due)) {
                due = pollOnce();
            }
        }
    }

    /** Or lies further away than a beat ever does: then the clock was set back since. */
    private boolean hasCome(Instant due) {
        Instant now = now();
        return !now.isBefore(due) || now.isBefore(due.minus(beat.longest()));
    }

    /** Returns when the next one is due. */
    private Instant pollOnce() throws InterruptedException {
        long number = beat.at(now());
        if (!around.lease().isHeld()) {
            around.log().missed(settings.name(), 1);
            return now().plus(min(Duration.ofSeconds(1), settings.interval()));
        }
        PollResult result = pollInTurn();
        results.accept(result);
        Instant end = now();
        around.log().missed(settings.name(), Math.max(0, beat.at(end) - number));
        return result.lost()
                ? end.plus(min(AFTER_FAILED_PUBLISHING, settings.interval()))
                : beat.due(beat.at(end) + 1, ThreadLocalRandom.current().nextDouble());
    }

    private PollResult pollInTurn() throws InterruptedException {
        around.slots().acquire();
        try {
            return poll.run();
        } finally {
            around.slots().release();
        }
    }

    private Instant now() {
        return around.clock().instant();
    }

    private static Duration shareOf(Duration duration) {
        return Duration.ofMillis(
                (long) (duration.toMillis() * ThreadLocalRandom.current().nextDouble()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
