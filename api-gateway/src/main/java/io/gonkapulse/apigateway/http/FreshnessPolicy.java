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

    /** Lets clients cache a response for some seconds, and then revalidate it. */
    CacheControl cacheControl(Instant validUntil, boolean isPrivate) {
        Duration remaining = Duration.between(now(), validUntil);
        Duration age = remaining.compareTo(MAX_AGE) < 0 ? remaining : MAX_AGE;
        CacheControl control =
                CacheControl.maxAge(age.isNegative() ? Duration.ZERO : age).mustRevalidate();
        return anonymousRead && !isPrivate ? control.cachePublic() : control.cachePrivate();
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
