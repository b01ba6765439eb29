package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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

    /** Sleeps by nanoTime, so that a clock that is set back does not prolong the pause. */
    static void sleep(Duration time) throws InterruptedException {
        TimeBudget budget = of(time);
        while (!budget.isExpired()) {
            LockSupport.parkNanos(budget.remaining().toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted during a back-off");
            }
        }
    }
}
