package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** The remaining time of a task, independent of the wall clock. */
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

    /** Splits the remaining time evenly between several attempts. */
    TimeBudget share(int parts) {
        return of(remaining().dividedBy(parts));
    }
}
