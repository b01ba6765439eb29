package io.gonkapulse.trackerpoller.site;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What one tracker may be asked in all, over all its addresses. Whoever waits for it waits in a queue, to its deadline. */
final class Limits {

    /** The most turns that come at once are those of so short a time. */
    private static final int SLICES_PER_SECOND = 50;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(20);

    private final RateLimiter rate;
    private final Bulkhead concurrency;
    private final Semaphore queue = new Semaphore(1, true);

    Limits(String tracker, SiteSettings settings) {
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
                        .maxWaitDuration(LONGEST_LOOK)
                        .build());
    }

    <T> T within(TimeBudget budget, Supplier<T> exchange) {
        waitForTurn(budget);
        try {
            return exchange.get();
        } finally {
            concurrency.onComplete();
        }
    }

    /**
     * The limiter's own waiting would promise a turn to whoever comes, also to those who cannot wait for it: a crowd of
     * them uses up the turns of minutes to come.
     */
    private void waitForTurn(TimeBudget budget) {
        try {
            if (!queue.tryAcquire(budget.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooMany();
            }
            try {
                await(concurrency::tryAcquirePermission, budget);
                awaitRate(budget);
            } finally {
                queue.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SiteException.of(Reason.OUT_OF_TIME, "interrupted while waiting to ask", e);
        }
    }

    private void awaitRate(TimeBudget budget) throws InterruptedException {
        boolean mayAsk = false;
        try {
            await(rate::acquirePermission, budget);
            mayAsk = true;
        } finally {
            if (!mayAsk) {
                concurrency.releasePermission();
            }
        }
    }

    private static void await(BooleanSupplier permission, TimeBudget budget) throws InterruptedException {
        while (!permission.getAsBoolean()) {
            if (budget.isOver()) {
                throw tooMany();
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private static SiteException tooMany() {
        return SiteException.of(
                Reason.LIMITED, "more is to be asked than this tracker may be asked in the time that was left");
    }
}
