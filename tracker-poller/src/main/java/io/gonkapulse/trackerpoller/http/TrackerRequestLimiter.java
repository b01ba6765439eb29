package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
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

    private final RateLimiter rate;
    private final Bulkhead concurrency;
    private final Semaphore queue = new Semaphore(1, true);

    TrackerRequestLimiter(String tracker, TrackerClientSettings settings) {
        int slice = Math.max(1, settings.requestsPerSecond() / SLICES_PER_SECOND);
        this.rate = RateLimiter.of(
                tracker,
                RateLimiterConfig.custom()
                        .limitForPeriod(slice)
                        .limitRefreshPeriod(
                                Duration.ofSeconds(1).multipliedBy(slice).dividedBy(settings.requestsPerSecond()))
                        .timeoutDuration(Duration.ZERO)
                        .build());
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
     * Polls instead of using the limiter's own wait. That wait reserves a permit in advance, also for callers whose
     * deadline comes first: many of them would use up the permits of the next minutes.
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
            awaitPermission(rate::acquirePermission, budget);
            acquired = true;
        } finally {
            if (!acquired) {
                concurrency.releasePermission();
            }
        }
    }

    private static void awaitPermission(BooleanSupplier permission, TimeBudget budget) throws InterruptedException {
        while (!permission.getAsBoolean()) {
            if (budget.isExpired()) {
                throw limitExceeded();
            }
            TimeBudget.sleep(CHECK_INTERVAL);
        }
    }

    private static TrackerRequestException limitExceeded() {
        return TrackerRequestException.of(
                RequestFailureReason.LIMITED, "no permit of the request limits before the deadline");
    }
}
