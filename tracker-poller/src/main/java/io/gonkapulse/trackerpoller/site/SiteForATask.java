package io.gonkapulse.trackerpoller.site;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A site within the time that one task has for it. What may have been chance is asked again, after a growing pause. */
final class SiteForATask implements Site {

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration AFTER_IT = Duration.ofMillis(50);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE);

    private final GuardedSite site;
    private final TimeBudget budget;

    SiteForATask(GuardedSite site, TimeBudget budget) {
        this.site = site;
        this.budget = budget;
    }

    @Override
    public String url() {
        return site.url();
    }

    @Override
    public long bodyLimit() {
        return site.bodyLimit();
    }

    /** Of several attempts the last one that was made says what is wrong, not one that was not made any more. */
    @Override
    public Answer ask(Request request) {
        AtomicReference<@Nullable SiteException> heard = new AtomicReference<>();
        try {
            return Retry.of(site.url(), retries()).executeSupplier(() -> askOnce(request, heard));
        } catch (SiteException failure) {
            SiteException last = heard.get();
            throw last == null ? failure : last;
        }
    }

    private Answer askOnce(Request request, AtomicReference<@Nullable SiteException> heard) {
        try {
            return site.askOnce(request, budget);
        } catch (SiteException failure) {
            if (failure.wasAsked()) {
                heard.set(failure);
            }
            throw failure;
        }
    }

    private RetryConfig retries() {
        return RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalBiFunction((attempt, result) ->
                        result.isLeft() ? pause(attempt, result.getLeft()).toMillis() : 0L)
                .retryOnException(failure -> failure instanceof SiteException site && isWorthIt(site))
                .build();
    }

    private boolean isWorthIt(SiteException failure) {
        Duration longest = failure.retryAfter().orElse(LONGEST_PAUSE);
        return failure.isPassing() && longest.compareTo(budget.left()) < 0;
    }

    private static Duration pause(int attempt, Throwable failure) {
        return failure instanceof SiteException site && site.retryAfter().isPresent()
                ? site.retryAfter().get().plus(AFTER_IT)
                : Duration.ofMillis(PAUSES.apply(attempt));
    }
}
