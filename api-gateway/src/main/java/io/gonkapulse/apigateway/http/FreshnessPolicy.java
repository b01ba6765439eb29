package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.GatewayProperties.FreshnessProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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
        return ageSeconds(time, now());
    }

    static @Nullable Long ageSeconds(@Nullable Instant time, Instant now) {
        return time == null || isAhead(time, now)
                ? null
                : Math.max(0, Duration.between(time, now).toSeconds());
    }

    public boolean isStale(Instant time) {
        Instant now = now();
        return isAhead(time, now) || Duration.between(time, now).compareTo(ttl) > 0;
    }

    private static boolean isAhead(Instant time, Instant now) {
        return time.isAfter(now.plus(CLOCK_TOLERANCE));
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
    Instant validUntil(List<Instant> times, Instant asOf) {
        Instant first = utcDay(asOf).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        for (Instant time : times) {
            first = firstAfter(asOf, time.minus(CLOCK_TOLERANCE), first);
            first = firstAfter(asOf, time.plus(ttl), first);
        }
        return first;
    }

    private static Instant firstAfter(Instant asOf, Instant candidate, Instant first) {
        return candidate.isBefore(asOf) || candidate.isAfter(first) ? first : candidate;
    }

    private static LocalDate utcDay(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
