package io.gonkapulse.trackerpoller.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a thread that waits for a time. Rung several times, it wakes once. */
final class Bell {

    private final Semaphore rings = new Semaphore(0);

    void ring() {
        if (rings.availablePermits() == 0) {
            rings.release();
        }
    }

    /** True when it was rung, false when the time was over. */
    boolean await(Duration time) throws InterruptedException {
        return rings.tryAcquire(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }
}
