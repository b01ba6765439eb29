package io.gonkapulse.apigateway.security;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for so many requests at once, and a queue. A burst is worth a moment's patience; when it has been full for longer,
 * the queue is short, because whoever waited would only be slow as well.
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

    /** Nobody overtakes who waits. Whoever got a place leaves it again. */
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
