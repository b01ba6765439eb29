package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.gonkapulse.trackerpoller.http.FailoverClient.RequestStep;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Limits the rate and concurrency of requests to one tracker, over all its addresses. Callers wait in a fair queue
 * until their deadline. Thread-safe.
 */
final class TrackerRequestLimiter {

    /** Slices the rate into short periods, so that no burst is longer than a slice. */
    private static final int SLICES_PER_SECOND = 50;

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(2);
    private static final Duration MAX_WAIT = Duration.ofMillis(20);

    private final MonotonicClock clock;
    private final int permitsPerSlice;
    private final long sliceNanos;
    private final Bulkhead concurrency;
    private final Semaphore queue = new Semaphore(1, true);

    /** Only the head of the queue uses the current slice. */
    private long sliceStart;

    private int permitsLeft;

    TrackerRequestLimiter(String tracker, TrackerClientSettings settings, MonotonicClock clock) {
        this.clock = clock;
        this.permitsPerSlice = Math.max(1, settings.requestsPerSecond() / SLICES_PER_SECOND);
        this.sliceNanos = TimeUnit.SECONDS.toNanos(permitsPerSlice) / settings.requestsPerSecond();
        this.sliceStart = clock.nanoTime();
        this.permitsLeft = permitsPerSlice;
        this.concurrency = Bulkhead.of(
                tracker,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.concurrentRequests())
                        .maxWaitDuration(MAX_WAIT)
                        .build());
    }

    RequestStep limit(RequestStep next) {
        return (request, budget) -> {
            acquire(budget);
            try {
                return next.get(request, budget);
            } finally {
                concurrency.onComplete();
            }
        };
    }

    /**
     * Polls for permits instead of reserving one in advance: callers whose deadline comes first would use up the permits
     * of the next minutes.
     */
    private void acquire(TimeBudget budget) {
        try {
            if (!queue.tryAcquire(budget.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw limitExceeded();
            }
            try {
                awaitPermission(concurrency::tryAcquirePermission, budget);
                acquireRate(budget);
            } finally {
                queue.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TrackerRequestException.of(
                    RequestFailureReason.OUT_OF_TIME, "interrupted while waiting for a permit", e);
        }
    }

    /** Gives the concurrency permit back when no rate permit comes in time. */
    private void acquireRate(TimeBudget budget) throws InterruptedException {
        boolean acquired = false;
        try {
            awaitPermission(this::tryAcquireRatePermit, budget);
            acquired = true;
        } finally {
            if (!acquired) {
                concurrency.releasePermission();
            }
        }
    }

    /** Slices begin at fixed times, so that the polling does not lower the rate. */
    private boolean tryAcquireRatePermit() {
        long elapsed = clock.nanoTime() - sliceStart;
        if (elapsed >= sliceNanos) {
            sliceStart += elapsed - elapsed % sliceNanos;
            permitsLeft = permitsPerSlice;
        }
        if (permitsLeft == 0) {
            return false;
        }
        permitsLeft--;
        return true;
    }

    private static void awaitPermission(BooleanSupplier permission, TimeBudget budget) throws InterruptedException {
        while (!permission.getAsBoolean()) {
            if (budget.isExpired()) {
                throw limitExceeded();
            }
            budget.sleep(CHECK_INTERVAL);
        }
    }

    private static TrackerRequestException limitExceeded() {
        return TrackerRequestException.of(
                RequestFailureReason.LIMITED, "no permit of the request limits before the deadline");
    }
}
