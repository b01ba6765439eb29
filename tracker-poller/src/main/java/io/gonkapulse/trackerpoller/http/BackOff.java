package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays between attempts: they double from the initial one up to a maximum. It keeps no count, so that one constant
 * serves many threads; the caller counts its attempts.
 */
public record BackOff(Duration initial, Duration max) {

    /** Keeps the multiplication from overflowing when attempts fail for days. */
    private static final int MAX_DOUBLINGS = 10;

    /**
     * The delay after a failed attempt.
     *
     * @param attempts how many attempts failed in a row, 1 or more
     */
    public Duration delay(int attempts) {
        return atMostMax(initial.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS)));
    }

    /** Half to one and a half of {@link #delay}, so that clients that failed together do not retry together. */
    public Duration randomDelay(int attempts) {
        double share = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        return atMostMax(Duration.ofMillis((long) (delay(attempts).toMillis() * share)));
    }

    private Duration atMostMax(Duration delay) {
        return delay.compareTo(max) < 0 ? delay : max;
    }
}
