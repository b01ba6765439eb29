package io.gonkapulse.trackerpoller.site;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
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
final class GuardedSite {

    /** After a failure the other addresses are asked first for so long; then this one may come home. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final String url;
    private final SiteSettings settings;
    private final HttpFetch http;
    private final Limits limits;
    private final InstantSource clock;
    private final SiteWatch watch;
    private final CircuitBreaker circuit;
    private volatile @Nullable Kept kept;
    private volatile Instant notBefore = Instant.MIN;
    private volatile Instant restsUntil = Instant.MIN;
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastFailure;

    GuardedSite(
            String url, SiteSettings settings, HttpFetch http, Limits limits, InstantSource clock, SiteWatch watch) {
        this.url = url;
        this.settings = settings;
        this.http = http;
        this.limits = limits;
        this.clock = clock;
        this.watch = watch;
        this.circuit = CircuitBreaker.of(
                url,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .recordException(failure -> failure instanceof SiteException site && site.isItsFault())
                        .ignoreException(failure -> !(failure instanceof SiteException site) || !site.isItsFault())
                        .build());
    }

    String url() {
        return url;
    }

    long bodyLimit() {
        return settings.bodyLimit();
    }

    boolean isResting() {
        return clock.instant().isBefore(restsUntil);
    }

    void succeeded() {
        restsUntil = Instant.MIN;
        lastSuccess = clock.instant();
    }

    void failed(SiteException failure) {
        lastFailure = clock.instant() + " " + failure.getMessage();
        if (failure.isItsFault()) {
            restsUntil = clock.instant().plus(REST);
            // What made sense to the site's validators need not have made sense to the reader.
            kept = null;
        }
    }

    SiteState state() {
        return new SiteState(url, circuit.getState().name().toLowerCase(Locale.ROOT), lastSuccess, lastFailure);
    }

    /** One attempt. */
    Answer askOnce(Request request, TimeBudget budget) {
        Instant leftAloneUntil = notBefore;
        if (clock.instant().isBefore(leftAloneUntil)) {
            throw SiteException.of(Reason.LIMITED, "asked to be left alone until " + leftAloneUntil);
        }
        if (budget.isOver() || Thread.currentThread().isInterrupted()) {
            throw SiteException.of(
                    Reason.OUT_OF_TIME, "not asked, because there was no time left or the task is to end");
        }
        try {
            return circuit.executeSupplier(() -> limits.within(budget, () -> watched(request, budget)));
        } catch (CallNotPermittedException e) {
            throw SiteException.of(Reason.CIRCUIT_OPEN, "not asked, because it failed too often of late", e);
        }
    }

    private Answer watched(Request request, TimeBudget budget) {
        long begin = System.nanoTime();
        String outcome = "ok";
        try {
            return answer(request, budget);
        } catch (SiteException failure) {
            outcome = failure.reason().name().toLowerCase(Locale.ROOT);
            throw failure;
        } finally {
            watch.asked(url, outcome, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private Answer answer(Request request, TimeBudget budget) {
        Optional<Kept> before = Optional.ofNullable(kept).filter(known -> known.answers(request));
        Map<String, String> headers = new HashMap<>(request.headers());
        before.ifPresent(known -> headers.putAll(known.conditions()));
        Fetched fetched = http.fetch(url + request.path(), headers, budget);
        if (fetched.status() == 304 && before.isPresent()) {
            fetched.spool().close();
            return answer(before.get().fetched(), false);
        }
        try {
            requireJson(fetched);
        } catch (SiteException unusable) {
            fetched.spool().close();
            throw unusable;
        }
        Optional<Kept> keeps = Kept.of(request, fetched);
        keeps.ifPresent(worthKeeping -> kept = worthKeeping);
        return answer(fetched, keeps.isEmpty());
    }

    private SpooledAnswer answer(Fetched fetched, boolean closing) {
        return new SpooledAnswer(fetched.spool(), fetched.isGzip(), settings.bodyLimit(), clock.instant(), closing);
    }

    private void requireJson(Fetched fetched) {
        if (fetched.status() != 200) {
            Duration wait = RetryAfter.read(fetched.headers(), clock).orElse(null);
            if (wait != null) {
                notBefore = clock.instant().plus(wait);
            }
            throw SiteException.refused(
                    fetched.status(),
                    wait,
                    "status " + fetched.status() + (wait == null ? "" : ", come back after " + wait));
        }
        if (fetched.saysHtml() || !beginsAsJson(fetched)) {
            throw SiteException.of(Reason.NOT_JSON, "expected JSON, got a web page, nothing, or something else");
        }
    }

    private boolean beginsAsJson(Fetched fetched) {
        if (fetched.spool().size() == 0) {
            return false;
        }
        try (InputStream body = answer(fetched, false).open()) {
            int first = body.read();
            while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
                first = body.read();
            }
            return first == '{' || first == '[';
        } catch (IOException e) {
            throw SiteException.of(Reason.BROKEN_OFF, "the body cannot be uncompressed: " + e.getMessage(), e);
        }
    }
}
