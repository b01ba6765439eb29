package io.gonkapulse.trackerpoller.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
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

/** One address of a tracker and what is remembered of it from question to question. */
final class CircuitBreakerClient {

    /** After a failure the other addresses are asked first for so long; then this one may come home. */
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
            RedirectingHttpClient http,
            TrackerRequestLimiter limits,
            InstantSource clock,
            TrackerRequestListener watch) {
        this.url = url;
        this.settings = settings;
        this.httpClient = http;
        this.limiter = limits;
        this.clock = clock;
        this.listener = watch;
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
                                failure -> failure instanceof TrackerRequestException site && site.isAddressFault())
                        .ignoreException(
                                failure -> !(failure instanceof TrackerRequestException site) || !site.isAddressFault())
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
            // What made sense to the site's validators need not have made sense to the reader.
            cached = null;
        }
    }

    AddressState state() {
        return new AddressState(url, circuit.getState().name().toLowerCase(Locale.ROOT), lastSuccess, lastFailure);
    }

    /** One attempt. */
    TrackerResponse get(TrackerRequest request, TimeBudget budget) {
        Instant retryAt = retryNotBefore;
        if (clock.instant().isBefore(retryAt)) {
            throw TrackerRequestException.of(RequestFailureReason.LIMITED, "asked to be left alone until " + retryAt);
        }
        if (budget.isExpired() || Thread.currentThread().isInterrupted()) {
            throw TrackerRequestException.of(
                    RequestFailureReason.OUT_OF_TIME,
                    "not asked, because there was no time left or the task is to end");
        }
        try {
            return circuit.executeSupplier(() -> limiter.execute(budget, () -> getMeasured(request, budget)));
        } catch (CallNotPermittedException e) {
            throw TrackerRequestException.of(
                    RequestFailureReason.CIRCUIT_OPEN, "not asked, because it failed too often of late", e);
        }
    }

    private TrackerResponse getMeasured(TrackerRequest request, TimeBudget budget) {
        long begin = System.nanoTime();
        String outcome = "ok";
        try {
            return toResponse(request, budget);
        } catch (TrackerRequestException failure) {
            outcome = failure.reason().name().toLowerCase(Locale.ROOT);
            throw failure;
        } finally {
            listener.onRequestCompleted(url, outcome, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private TrackerResponse toResponse(TrackerRequest request, TimeBudget budget) {
        Optional<CachedTrackerResponse> before = Optional.ofNullable(cached).filter(known -> known.matches(request));
        Map<String, String> headers = new HashMap<>(request.headers());
        before.ifPresent(known -> headers.putAll(known.conditionalHeaders()));
        RawResponse fetched = httpClient.get(url + request.path(), headers, budget);
        if (fetched.status() == 304 && before.isPresent()) {
            fetched.body().close();
            return toResponse(before.get().response(), false);
        }
        try {
            requireJson(fetched);
        } catch (TrackerRequestException unusable) {
            fetched.body().close();
            throw unusable;
        }
        Optional<CachedTrackerResponse> cacheable = CachedTrackerResponse.ifCacheable(request, fetched);
        cacheable.ifPresent(response -> cached = response);
        return toResponse(fetched, cacheable.isEmpty());
    }

    private BufferedTrackerResponse toResponse(RawResponse fetched, boolean closing) {
        return new BufferedTrackerResponse(
                fetched.body(), fetched.isGzip(), settings.bodyLimit(), clock.instant(), closing);
    }

    private void requireJson(RawResponse fetched) {
        if (fetched.status() != 200) {
            Duration wait = RetryAfterParser.parse(fetched.headers(), clock).orElse(null);
            if (wait != null) {
                retryNotBefore = clock.instant().plus(wait);
            }
            throw TrackerRequestException.refused(
                    fetched.status(),
                    wait,
                    "status " + fetched.status() + (wait == null ? "" : ", come back after " + wait));
        }
        if (fetched.declaresHtml() || !startsAsJson(fetched)) {
            throw TrackerRequestException.of(
                    RequestFailureReason.NOT_JSON, "expected JSON, got a web page, nothing, or something else");
        }
    }

    private boolean startsAsJson(RawResponse fetched) {
        if (fetched.body().size() == 0) {
            return false;
        }
        try (InputStream body = toResponse(fetched, false).open()) {
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
