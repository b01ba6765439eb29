package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One address within the time budget of one task. Retries failures that may be transient, with an exponential back-off. Attempts and
 * back-off are fixed: no setting changes them.
 */
final class RetryingClient implements TrackerClient {

    private static final int MAX_ATTEMPTS = 3;
    private static final Duration INITIAL_BACK_OFF = Duration.ofMillis(200);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_MARGIN = Duration.ofMillis(50);
    private static final IntervalFunction BACK_OFF =
            IntervalFunction.ofExponentialRandomBackoff(INITIAL_BACK_OFF, 2, 0.5, MAX_BACK_OFF);

    private final CircuitBreakerClient client;
    private final TimeBudget budget;

    RetryingClient(CircuitBreakerClient client, TimeBudget budget) {
        this.client = client;
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

    /**
     * Throws the failure of the last request that was sent: a local refusal, such as an open circuit, would hide the
     * cause.
     */
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
                .retryOnException(failure -> failure instanceof TrackerRequestException request && isRetryable(request))
                .build();
    }

    private boolean isRetryable(TrackerRequestException failure) {
        Duration longest = failure.retryAfter().orElse(MAX_BACK_OFF);
        return failure.isRetryable() && longest.compareTo(budget.remaining()) < 0;
    }

    private static Duration backOff(int attempt, Throwable failure) {
        return failure instanceof TrackerRequestException request
                        && request.retryAfter().isPresent()
                ? request.retryAfter().get().plus(RETRY_AFTER_MARGIN)
                : Duration.ofMillis(BACK_OFF.apply(attempt));
    }
}
