package io.gonkapulse.apigateway.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for so many requests at once, and a short queue. A burst is worth a moment's patience; when it has been full for
 * longer, whoever waited would only be slow as well, so patience is shorter then.
 */
final class Places {

    private static final int WAITING_FOR_EACH = 8;
    private static final long PATIENCE_MILLIS = 25;
    private static final long PATIENCE_WHEN_LONG_FULL_MILLIS = 8;
    private static final long LONG_FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int count;
    private final Semaphore free;
    private final Semaphore waiting;
    private volatile long lastFree = System.nanoTime();

    Places(int count) {
        this.count = count;
        this.free = new Semaphore(count);
        this.waiting = new Semaphore(WAITING_FOR_EACH * count);
    }

    /** Nobody overtakes who waits. Whoever got a place leaves it again. */
    boolean take() {
        if (!free.hasQueuedThreads() && free.tryAcquire()) {
            lastFree = System.nanoTime();
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return free.tryAcquire(patienceMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    void leave() {
        free.release();
    }

    int taken() {
        return count - free.availablePermits();
    }

    private long patienceMillis() {
        return System.nanoTime() - lastFree < LONG_FULL_NANOS ? PATIENCE_MILLIS : PATIENCE_WHEN_LONG_FULL_MILLIS;
    }
}
