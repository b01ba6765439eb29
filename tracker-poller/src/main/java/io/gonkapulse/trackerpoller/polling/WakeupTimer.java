package io.gonkapulse.trackerpoller.polling;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a thread that waits for a time. Rung several times, it wakes once. */
public final class WakeupTimer {

    private final Semaphore permits = new Semaphore(0);

    public void wake() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** True when it was rung, false when the time was over. */
    public boolean await(Duration time) throws InterruptedException {
        return permits.tryAcquire(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }
}
