package io.gonkapulse.apigateway.security.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits for a number of concurrent requests, with a short queue. The queue absorbs a burst, such as a page that sends
 * ten requests. After 100 ms without a free permit fewer requests may wait, because waiting would only delay them.
 */
final class ConcurrencyLimiter {

    private static final int WAITING_PER_PERMIT = 4;
    private static final int SATURATED_WAITING_DIVISOR = 8;
    private static final long ACQUIRE_TIMEOUT_MILLIS = 25;
    private static final long SATURATED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int maxConcurrent;
    private final Semaphore permits;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long lastFreeNanos = System.nanoTime();

    ConcurrencyLimiter(int maxConcurrent) {
        this.maxConcurrent = maxConcurrent;
        this.permits = new Semaphore(maxConcurrent);
    }

    /** Acquires a permit; waiting requests usually go first. The caller must {@link #release} it. */
    boolean tryAcquire() {
        if (!permits.hasQueuedThreads() && permits.tryAcquire()) {
            lastFreeNanos = System.nanoTime();
            return true;
        }
        try {
            return waiting.incrementAndGet() <= maxWaiting()
                    && permits.tryAcquire(ACQUIRE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void release() {
        permits.release();
    }

    int inUse() {
        return maxConcurrent - permits.availablePermits();
    }

    private int maxWaiting() {
        int max = WAITING_PER_PERMIT * maxConcurrent;
        return System.nanoTime() - lastFreeNanos < SATURATED_AFTER_NANOS
                ? max
                : Math.max(1, max / SATURATED_WAITING_DIVISOR);
    }
}
