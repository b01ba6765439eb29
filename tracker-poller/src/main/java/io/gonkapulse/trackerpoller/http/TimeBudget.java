package io.gonkapulse.trackerpoller.http;

import java.time.Duration;

/** The remaining time of a task. */
final class TimeBudget {

    private final MonotonicClock clock;
    private final long endNanos;

    private TimeBudget(MonotonicClock clock, long endNanos) {
        this.clock = clock;
        this.endNanos = endNanos;
    }

    static TimeBudget of(Duration time, MonotonicClock clock) {
        return new TimeBudget(clock, clock.nanoTime() + time.toNanos());
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - clock.nanoTime()));
    }

    boolean isExpired() {
        return remaining().isZero();
    }

    /** Splits the remaining time evenly between several attempts. */
    TimeBudget share(int parts) {
        return of(remaining().dividedBy(parts), clock);
    }

    /** Waits, even beyond the end of the budget. */
    void sleep(Duration time) throws InterruptedException {
        clock.sleep(time);
    }
}
