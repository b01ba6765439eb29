package io.gonkapulse.trackerpoller.polling;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for a time or until another thread wakes it. Several calls of {@link #wake} count as one. */
public final class WakeupTimer {

    private final Semaphore permits = new Semaphore(0);

    public void wake() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** Returns true when woken, false when the time is over. */
    public boolean await(Duration time) throws InterruptedException {
        return permits.tryAcquire(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
    }
}
