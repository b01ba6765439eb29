package io.gonkapulse.servicekit.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.gonkapulse.servicekit.keys.RequestRate;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A token bucket for each client. */
public final class RateLimiter {

    private static final int MAX_CLIENTS = 100_000;
    private static final Duration MIN_RETENTION = Duration.ofMinutes(10);

    private final TimeMeter timeMeter;
    private final Cache<RequestClient, Bucket> buckets;

    public RateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(TimeMeter timeMeter) {
        this.timeMeter = timeMeter;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .ticker(timeMeter::currentTimeNanos)
                .expireAfter(Expiry.<RequestClient, Bucket>accessing((client, bucket) -> retention(client.limit())))
                .build();
    }

    /**
     * How long an unused bucket is cached: until it is full again. A shorter time would give the client all tokens
     * again.
     */
    private static Duration retention(RequestRate limit) {
        return limit.period().compareTo(MIN_RETENTION) > 0 ? limit.period() : MIN_RETENTION;
    }

    /** Consumes a token, if there is one, and sets the rate limit headers of the response. */
    public boolean tryAcquire(RequestClient client, HttpServletResponse response) {
        ConsumptionProbe probe = buckets.get(client, this::createBucket).tryConsumeAndReturnRemaining(1);
        long period = client.limit().period().toSeconds();
        response.setHeader("RateLimit-Policy", "\"default\";q=" + client.limit().requests() + ";w=" + period);
        response.setHeader(
                "RateLimit",
                "\"default\";r=" + probe.getRemainingTokens() + ";t="
                        + toSecondsRoundedUp(
                                probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
        if (!probe.isConsumed()) {
            response.setHeader("Retry-After", String.valueOf(toSecondsRoundedUp(probe.getNanosToWaitForRefill())));
        }
        return probe.isConsumed();
    }

    private Bucket createBucket(RequestClient client) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(client.limit().requests())
                        .refillGreedy(client.limit().requests(), client.limit().period()))
                .withCustomTimePrecision(timeMeter)
                .build();
    }

    private static long toSecondsRoundedUp(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
