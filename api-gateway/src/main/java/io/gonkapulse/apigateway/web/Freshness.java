package io.gonkapulse.apigateway.web;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.settings.StatsProperties;
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
public class Freshness {

    private static final Duration LONGEST_KEPT = Duration.ofSeconds(5);

    /** Clocks of two hosts differ by a little: what is less ahead than this is new. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Duration ttl;
    private final boolean anonymousRead;

    Freshness(InstantSource clock, StatsProperties stats, GatewayProperties gateway) {
        this.clock = clock;
        this.ttl = stats.ttl();
        this.anonymousRead = gateway.anonymousRead();
    }

    public Instant now() {
        return clock.instant();
    }

    public LocalDate today() {
        return day(now());
    }

    /** Null for an unknown time, and for one too far ahead of this clock: nobody knows how old that is. */
    public @Nullable Long ageSeconds(@Nullable Instant time) {
        return time == null || isAhead(time)
                ? null
                : Math.max(0, Duration.between(time, now()).toSeconds());
    }

    public boolean stale(Instant time) {
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
    public <T> ResponseEntity<T> respond(Answer<?> answer, T body, Stream<Instant> times) {
        return respond(answer, body, MediaType.APPLICATION_JSON, times);
    }

    public <T> ResponseEntity<T> respond(Answer<?> answer, T body, MediaType type, Stream<Instant> times) {
        return known(HttpStatus.OK, tag(answer.tag(), type.getSubtype()), unchangedUntil(times, now()))
                .contentType(type)
                .body(body);
    }

    /** A JSON answer that only the client itself may keep, because others may not see all of it. */
    public <T> ResponseEntity<T> respondPrivately(Answer<?> answer, T body) {
        Duration left = Duration.between(now(), unchangedUntil(Stream.of(), now()));
        return ResponseEntity.ok()
                .eTag(tag(answer.tag(), MediaType.APPLICATION_JSON.getSubtype()))
                .cacheControl(maxAge(left).cachePrivate())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    ResponseEntity<byte[]> whole(String tag, Instant until, AgedJson body) {
        return known(HttpStatus.OK, tag, until)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.withAges(this));
    }

    ResponseEntity<byte[]> unchanged(String tag, Instant until) {
        return known(HttpStatus.NOT_MODIFIED, tag, until).build();
    }

    static String tag(String ofData, String form) {
        return "W/\"" + ofData + '-' + form + '"';
    }

    private ResponseEntity.BodyBuilder known(HttpStatus status, String tag, Instant until) {
        return ResponseEntity.status(status).eTag(tag).cacheControl(control(Duration.between(now(), until)));
    }

    private CacheControl control(Duration left) {
        return anonymousRead ? maxAge(left).cachePublic() : maxAge(left).cachePrivate();
    }

    private static CacheControl maxAge(Duration left) {
        Duration kept = left.compareTo(LONGEST_KEPT) < 0 ? left : LONGEST_KEPT;
        return CacheControl.maxAge(kept.isNegative() ? Duration.ZERO : kept).mustRevalidate();
    }

    /**
     * The moment at which the same data must be told otherwise: something turns stale, or a day begins.
     *
     * @param told when it was told; what was stale by then is no news
     */
    Instant unchangedUntil(Stream<Instant> times, Instant told) {
        Instant nextDay = day(told).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return times.flatMap(time -> Stream.of(time.minus(CLOCK_TOLERANCE), time.plus(ttl)))
                .filter(changesAt -> !changesAt.isBefore(told))
                .min(Comparator.naturalOrder())
                .filter(changesAt -> changesAt.isBefore(nextDay))
                .orElse(nextDay);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
