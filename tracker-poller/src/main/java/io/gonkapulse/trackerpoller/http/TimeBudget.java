package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** How much time is left, whatever becomes of the clock on the wall. */
final class TimeBudget {

    private final long endNanos;

    private TimeBudget(long endNanos) {
        this.endNanos = endNanos;
    }

    static TimeBudget of(Duration time) {
        return new TimeBudget(System.nanoTime() + time.toNanos());
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isExpired() {
        return remaining().isZero();
    }

    /** A share for the next of several that may need some of it. */
    TimeBudget share(int parts) {
        return of(remaining().dividedBy(parts));
    }
}
