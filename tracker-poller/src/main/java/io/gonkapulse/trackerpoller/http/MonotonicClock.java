package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures time and sleeps, independent of the wall clock: a clock that is set back prolongs neither a deadline nor a
 * back-off. Injected, so that tests do not wait. Thread-safe.
 */
@FunctionalInterface
interface MonotonicClock {

    /** The time of this machine. */
    MonotonicClock SYSTEM = MonotonicClock::park;

    void sleep(Duration time) throws InterruptedException;

    /** Nanoseconds since an arbitrary moment. */
    default long nanoTime() {
        return System.nanoTime();
    }

    private static void park(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted during a back-off");
            }
        }
    }
}
