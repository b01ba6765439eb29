package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.gonkapulse.trackerpoller.http.FailoverClient.AddressState;
import io.gonkapulse.trackerpoller.http.FailoverClient.TrackerRequestListener;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One address of a tracker, with its circuit breaker, cached response and Retry-After time. Thread-safe. */
final class CircuitBreakerClient {

    /** For how long other addresses are preferred after a failure. */
    private static final Duration COOL_DOWN = Duration.ofSeconds(30);

    private final String url;
    private final TrackerClientSettings settings;
    private final RedirectingHttpClient httpClient;
    private final TrackerRequestLimiter limiter;
    private final InstantSource clock;
    private final TrackerRequestListener listener;
    private final CircuitBreaker circuit;
    private volatile @Nullable CachedTrackerResponse cached;
    private volatile Instant retryNotBefore = Instant.MIN;
    private volatile Instant coolsDownUntil = Instant.MIN;
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastFailure;

    CircuitBreakerClient(
            String url,
            TrackerClientSettings settings,
            RedirectingHttpClient httpClient,
            TrackerRequestLimiter limiter,
            InstantSource clock,
            TrackerRequestListener listener) {
        this.url = url;
        this.settings = settings;
        this.httpClient = httpClient;
        this.limiter = limiter;
        this.clock = clock;
        this.listener = listener;
        this.circuit = CircuitBreaker.of(
                url,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(COOL_DOWN)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .recordException(
                                failure -> failure instanceof TrackerRequestException known && known.isAddressFault())
                        .ignoreException(failure ->
                                !(failure instanceof TrackerRequestException known) || !known.isAddressFault())
                        .build());
    }

    String url() {
        return url;
    }

    long bodyLimit() {
        return settings.bodyLimit();
    }

    boolean isCoolingDown() {
        return clock.instant().isBefore(coolsDownUntil);
    }

    void recordSuccess() {
        coolsDownUntil = Instant.MIN;
        lastSuccess = clock.instant();
    }

    void recordFailure(TrackerRequestException failure) {
        lastFailure = clock.instant() + " " + failure.getMessage();
        if (failure.isAddressFault()) {
            coolsDownUntil = clock.instant().plus(COOL_DOWN);
            // The cached body passed the server's validators, but the reader could not use it.
            cached = null;
        }
    }

    AddressState state() {
        return new AddressState(url, circuit.getState().name().toLowerCase(Locale.ROOT), lastSuccess, lastFailure);
    }

    /** Sends one request, without retries. */
    TrackerResponse get(TrackerRequest request, TimeBudget budget) {
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
            return circuit.executeSupplier(() -> limiter.execute(budget, () -> getMeasured(request, budget)));
        } catch (CallNotPermittedException e) {
            throw TrackerRequestException.of(
                    RequestFailureReason.CIRCUIT_OPEN, "not sent: the circuit is open after too many failures", e);
        }
    }

    /** Reports every request that was sent, also failed ones. */
    private TrackerResponse getMeasured(TrackerRequest request, TimeBudget budget) {
        long start = System.nanoTime();
        String outcome = "ok";
        try {
            return exchange(request, budget);
        } catch (TrackerRequestException failure) {
            outcome = failure.reason().name().toLowerCase(Locale.ROOT);
            throw failure;
        } finally {
            listener.onRequestCompleted(url, outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Sends the validators of the cached response along; after a 304 the cached response is valid again. */
    private TrackerResponse exchange(TrackerRequest request, TimeBudget budget) {
        Optional<CachedTrackerResponse> before = Optional.ofNullable(cached).filter(known -> known.matches(request));
        Map<String, String> headers = new HashMap<>(request.headers());
        before.ifPresent(known -> headers.putAll(known.conditionalHeaders()));
        RawResponse response = httpClient.get(url + request.path(), headers, budget);
        if (response.status() == 304 && before.isPresent()) {
            response.body().close();
            return toResponse(before.get().response(), false);
        }
        try {
            requireJson(response);
        } catch (TrackerRequestException unusable) {
            response.body().close();
            throw unusable;
        }
        Optional<CachedTrackerResponse> cacheable = CachedTrackerResponse.ifCacheable(request, response);
        cacheable.ifPresent(entry -> cached = entry);
        return toResponse(response, cacheable.isEmpty());
    }

    private BufferedTrackerResponse toResponse(RawResponse response, boolean closing) {
        return new BufferedTrackerResponse(
                response.body(), response.isGzip(), settings.bodyLimit(), clock.instant(), closing);
    }

    /** Proxies and front ends often send web pages with status 200, so the status alone proves nothing. */
    private void requireJson(RawResponse response) {
        if (response.status() != 200) {
            Duration wait = RetryAfterParser.parse(response.headers(), clock).orElse(null);
            if (wait != null) {
                retryNotBefore = clock.instant().plus(wait);
            }
            throw TrackerRequestException.refused(
                    response.status(),
                    wait,
                    "status " + response.status() + (wait == null ? "" : ", retry after " + wait));
        }
        if (response.declaresHtml() || !startsAsJson(response)) {
            throw TrackerRequestException.of(
                    RequestFailureReason.NOT_JSON, "expected JSON, got a web page, nothing, or something else");
        }
    }

    /** Checks the first character only; the parser checks the rest. */
    private boolean startsAsJson(RawResponse response) {
        if (response.body().size() == 0) {
            return false;
        }
        try (InputStream body = toResponse(response, false).open()) {
            int first = body.read();
            while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
                first = body.read();
            }
            return first == '{' || first == '[';
        } catch (IOException e) {
            throw TrackerRequestException.of(
                    RequestFailureReason.BROKEN_OFF, "the body cannot be uncompressed: " + e.getMessage(), e);
        }
    }
}
