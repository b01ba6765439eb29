package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Sleeps without a clock, so that a clock that is set back does not prolong it. */
final class SleepSupport {

    private SleepSupport() {}

    static void sleep(Duration time) throws InterruptedException {
        TimeBudget budget = TimeBudget.of(time);
        while (!budget.isExpired()) {
            LockSupport.parkNanos(budget.remaining().toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted during a back-off");
            }
        }
    }
}
