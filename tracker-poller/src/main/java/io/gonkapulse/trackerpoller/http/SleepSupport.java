package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for time to pass. */
final class SleepSupport {

    private SleepSupport() {}

    static void sleep(Duration time) throws InterruptedException {
        TimeBudget pause = TimeBudget.of(time);
        while (!pause.isExpired()) {
            LockSupport.parkNanos(pause.remaining().toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in a pause");
            }
        }
    }
}
