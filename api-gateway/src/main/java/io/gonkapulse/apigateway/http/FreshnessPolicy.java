package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.config.FreshnessProperties;
import io.gonkapulse.apigateway.config.GatewayProperties;
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

/** How old things are, and for how long a client may keep them without asking again. */
@Component
public class FreshnessPolicy {

    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** Clocks of two hosts differ by a little: what is less ahead than this is new. */
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

    /** Null for an unknown time, and for one too far ahead of this clock: nobody knows how old that is. */
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
     * An answer that a client may keep for moments, and check cheaply after that.
     *
     * @param times of what is in it; nothing is kept beyond the moment at which it turns stale, or beyond the day
     */
    public <T> ResponseEntity<T> respond(QueryResult<?> result, T body, Stream<Instant> times) {
        return respond(result, body, MediaType.APPLICATION_JSON, times);
    }

    public <T> ResponseEntity<T> respond(QueryResult<?> result, T body, MediaType type, Stream<Instant> times) {
        return responseBuilder(HttpStatus.OK, formatEtag(result.tag(), type.getSubtype()), validUntil(times, now()))
                .contentType(type)
                .body(body);
    }

    /** A JSON answer that only the client itself may keep, because others may not see all of it. */
    public <T> ResponseEntity<T> respondPrivate(QueryResult<?> result, T body) {
        Duration remaining = Duration.between(now(), validUntil(Stream.of(), now()));
        return ResponseEntity.ok()
                .eTag(formatEtag(result.tag(), MediaType.APPLICATION_JSON.getSubtype()))
                .cacheControl(maxAge(remaining).cachePrivate())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    ResponseEntity<byte[]> respondOk(String tag, Instant until, AgedJsonTemplate body) {
        return responseBuilder(HttpStatus.OK, tag, until)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.render(this));
    }

    ResponseEntity<byte[]> respondNotModified(String tag, Instant until) {
        return responseBuilder(HttpStatus.NOT_MODIFIED, tag, until).build();
    }

    static String formatEtag(String contentHash, String format) {
        return "W/\"" + contentHash + '-' + format + '"';
    }

    private ResponseEntity.BodyBuilder responseBuilder(HttpStatus status, String tag, Instant until) {
        return ResponseEntity.status(status).eTag(tag).cacheControl(cacheControl(Duration.between(now(), until)));
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
     * The moment at which the same data must be told otherwise: something turns stale, or a day begins.
     *
     * @param asOf when it was told; what was stale by then is no news
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
