package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.GatewayProperties.FreshnessProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Computes ages, and how long clients may cache a response. */
@Component
public class FreshnessPolicy {

    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** The tolerated clock difference between hosts. A time that is less ahead counts as now. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Duration ttl;
    private final boolean anonymousRead;

    FreshnessPolicy(InstantSource clock, FreshnessProperties stats, GatewayProperties gateway) {
        this.clock = clock;
        this.ttl = stats.ttl();
        this.anonymousRead = gateway.anonymousRead();
    }

    public Instant now() {
        return clock.instant();
    }

    public LocalDate today() {
        return utcDay(now());
    }

    /** Returns null for an unknown time, and for one too far in the future, whose age is unknown. */
    public @Nullable Long ageSeconds(@Nullable Instant time) {
        return time == null || isAhead(time)
                ? null
                : Math.max(0, Duration.between(time, now()).toSeconds());
    }

    public boolean isStale(Instant time) {
        return isAhead(time) || Duration.between(time, now()).compareTo(ttl) > 0;
    }

    private boolean isAhead(Instant time) {
        return time.isAfter(now().plus(CLOCK_TOLERANCE));
    }

    /**
     * Creates a response that clients may cache for seconds and then revalidate.
     *
     * @param times of the data in it; the response expires when the first of them turns stale, or when the day ends
     */
    public <T> ResponseEntity<T> respond(QueryResult<?> result, T body, Stream<Instant> times) {
        return respond(result, body, MediaType.APPLICATION_JSON, times);
    }

    public <T> ResponseEntity<T> respond(QueryResult<?> result, T body, MediaType type, Stream<Instant> times) {
        return responseBuilder(HttpStatus.OK, formatEtag(result.tag(), type.getSubtype()), validUntil(times, now()))
                .contentType(type)
                .body(body);
    }

    /** Creates a JSON response that shared caches must not store, because other clients may not see all of it. */
    public <T> ResponseEntity<T> respondPrivate(QueryResult<?> result, T body) {
        Duration remaining = Duration.between(now(), validUntil(Stream.of(), now()));
        return ResponseEntity.ok()
                .eTag(formatEtag(result.tag(), MediaType.APPLICATION_JSON.getSubtype()))
                .cacheControl(maxAge(remaining).cachePrivate())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    ResponseEntity<byte[]> respondOk(String etag, Instant validUntil, AgedJsonTemplate body) {
        return responseBuilder(HttpStatus.OK, etag, validUntil)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.render(this));
    }

    ResponseEntity<byte[]> respondNotModified(String etag, Instant validUntil) {
        return responseBuilder(HttpStatus.NOT_MODIFIED, etag, validUntil).build();
    }

    static String formatEtag(String contentHash, String format) {
        return "W/\"" + contentHash + '-' + format + '"';
    }

    private ResponseEntity.BodyBuilder responseBuilder(HttpStatus status, String etag, Instant validUntil) {
        return ResponseEntity.status(status).eTag(etag).cacheControl(cacheControl(Duration.between(now(), validUntil)));
    }

    private CacheControl cacheControl(Duration remaining) {
        return anonymousRead
                ? maxAge(remaining).cachePublic()
                : maxAge(remaining).cachePrivate();
    }

    private static CacheControl maxAge(Duration remaining) {
        Duration age = remaining.compareTo(MAX_AGE) < 0 ? remaining : MAX_AGE;
        return CacheControl.maxAge(age.isNegative() ? Duration.ZERO : age).mustRevalidate();
    }

    /**
     * The time at which the response for the same data changes: when a time turns stale, or when a day begins.
     *
     * @param asOf when the response was created; times that were stale before do not count
     */
    Instant validUntil(Stream<Instant> times, Instant asOf) {
        Instant nextDay = utcDay(asOf).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return times.flatMap(time -> Stream.of(time.minus(CLOCK_TOLERANCE), time.plus(ttl)))
                .filter(changesAt -> !changesAt.isBefore(asOf))
                .min(Comparator.naturalOrder())
                .filter(changesAt -> changesAt.isBefore(nextDay))
                .orElse(nextDay);
    }

    private static LocalDate utcDay(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
