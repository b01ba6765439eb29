package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A site within the time that one task has for it. What may have been chance is asked again, after a growing pause. */
final class RetryingClient implements TrackerClient {

    private static final int MAX_ATTEMPTS = 3;
    private static final Duration INITIAL_BACK_OFF = Duration.ofMillis(200);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_MARGIN = Duration.ofMillis(50);
    private static final IntervalFunction BACK_OFF =
            IntervalFunction.ofExponentialRandomBackoff(INITIAL_BACK_OFF, 2, 0.5, MAX_BACK_OFF);

    private final CircuitBreakerClient client;
    private final TimeBudget budget;

    RetryingClient(CircuitBreakerClient site, TimeBudget budget) {
        this.client = site;
        this.budget = budget;
    }

    @Override
    public String url() {
        return client.url();
    }

    @Override
    public long bodyLimit() {
        return client.bodyLimit();
    }

    /** Of several attempts the last one that was made says what is wrong, not one that was not made any more. */
    @Override
    public TrackerResponse get(TrackerRequest request) {
        AtomicReference<@Nullable TrackerRequestException> lastSent = new AtomicReference<>();
        try {
            return Retry.of(client.url(), retryConfig()).executeSupplier(() -> getOnce(request, lastSent));
        } catch (TrackerRequestException failure) {
            TrackerRequestException last = lastSent.get();
            throw last == null ? failure : last;
        }
    }

    private TrackerResponse getOnce(
            TrackerRequest request, AtomicReference<@Nullable TrackerRequestException> lastSent) {
        try {
            return client.get(request, budget);
        } catch (TrackerRequestException failure) {
            if (failure.wasSent()) {
                lastSent.set(failure);
            }
            throw failure;
        }
    }

    private RetryConfig retryConfig() {
        return RetryConfig.custom()
                .maxAttempts(MAX_ATTEMPTS)
                .intervalBiFunction((attempt, result) ->
                        result.isLeft() ? backOff(attempt, result.getLeft()).toMillis() : 0L)
                .retryOnException(failure -> failure instanceof TrackerRequestException site && isRetryable(site))
                .build();
    }

    private boolean isRetryable(TrackerRequestException failure) {
        Duration longest = failure.retryAfter().orElse(MAX_BACK_OFF);
        return failure.isRetryable() && longest.compareTo(budget.remaining()) < 0;
    }

    private static Duration backOff(int attempt, Throwable failure) {
        return failure instanceof TrackerRequestException site
                        && site.retryAfter().isPresent()
                ? site.retryAfter().get().plus(RETRY_AFTER_MARGIN)
                : Duration.ofMillis(BACK_OFF.apply(attempt));
    }
}
