package io.gonkapulse.apigateway.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for so many requests at once, and a queue. A burst is worth a moment's patience; when it has been full for longer,
 * the queue is short, because whoever waited would only be slow as well.
 */
final class Places {

    private static final int WAITING_FOR_EACH = 4;
    private static final int WAITING_SHARE_WHEN_LONG_FULL = 8;
    private static final long PATIENCE_MILLIS = 25;
    private static final long LONG_FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int count;
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long lastFree = System.nanoTime();

    Places(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /** Nobody overtakes who waits. Whoever got a place leaves it again. */
    boolean take() {
        if (!free.hasQueuedThreads() && free.tryAcquire()) {
            lastFree = System.nanoTime();
            return true;
        }
        try {
            return waiting.incrementAndGet() <= mostWaiting()
                    && free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        free.release();
    }

    int taken() {
        return count - free.availablePermits();
    }

    private int mostWaiting() {
        int most = WAITING_FOR_EACH * count;
        return System.nanoTime() - lastFree < LONG_FULL_NANOS ? most : Math.max(1, most / WAITING_SHARE_WHEN_LONG_FULL);
    }
}
