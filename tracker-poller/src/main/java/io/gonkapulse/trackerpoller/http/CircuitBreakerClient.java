package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.gonkapulse.trackerpoller.http.FailoverClient.RequestStep;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Sends nothing while the circuit of an address is open or its Retry-After lasts, and nothing for a task without time.
 * Thread-safe.
 */
final class CircuitBreakerClient implements RequestStep {

    private final InstantSource clock;
    private final RequestStep next;
    private final CircuitBreaker circuit;
    private volatile Instant retryNotBefore = Instant.MIN;

    /** @param openFor how long an open circuit sends nothing */
    CircuitBreakerClient(String url, Duration openFor, InstantSource clock, RequestStep next) {
        this.clock = clock;
        this.next = next;
        this.circuit = CircuitBreaker.of(
                url,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(openFor)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .recordException(
                                failure -> failure instanceof TrackerRequestException known && known.isAddressFault())
                        .ignoreException(failure ->
                                !(failure instanceof TrackerRequestException known) || !known.isAddressFault())
                        .build());
    }

    /** Closed, open or half_open. */
    String state() {
        return circuit.getState().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public TrackerResponse get(TrackerRequest request, TimeBudget budget) {
        Instant retryAt = retryNotBefore;
        if (clock.instant().isBefore(retryAt)) {
            throw TrackerRequestException.of(
                    RequestFailureReason.LIMITED, "not sent: Retry-After lasts until " + retryAt);
        }
        if (budget.isExpired() || Thread.currentThread().isInterrupted()) {
            throw TrackerRequestException.of(
                    RequestFailureReason.OUT_OF_TIME, "not sent: no time left, or the task was interrupted");
        }
        try {
            return circuit.executeSupplier(() -> next.get(request, budget));
        } catch (CallNotPermittedException e) {
            throw TrackerRequestException.of(
                    RequestFailureReason.CIRCUIT_OPEN, "not sent: the circuit is open after too many failures", e);
        } catch (TrackerRequestException failure) {
            failure.retryAfter()
                    .ifPresent(wait -> retryNotBefore = clock.instant().plus(wait));
            throw failure;
        }
    }
}
