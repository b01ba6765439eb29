package io.gonkapulse.trackerpoller.site;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for time to pass. */
final class Pause {

    private Pause() {}

    static void of(Duration time) throws InterruptedException {
        TimeBudget pause = TimeBudget.of(time);
        while (!pause.isOver()) {
            LockSupport.parkNanos(pause.left().toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in a pause");
            }
        }
    }
}
