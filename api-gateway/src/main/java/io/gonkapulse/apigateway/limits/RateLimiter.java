package io.gonkapulse.apigateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.gonkapulse.apigateway.settings.GatewayProperties.RateLimit;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** A bucket of tokens for each client. */
@Component
class RateLimiter {

    private static final int MOST_CLIENTS = 100_000;
    private static final Duration KEPT_AT_LEAST = Duration.ofMinutes(10);

    private final TimeMeter time;
    private final Cache<Client, Bucket> buckets;

    RateLimiter() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(TimeMeter time) {
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .ticker(time::currentTimeNanos)
                .expireAfter(Expiry.<Client, Bucket>accessing((client, bucket) -> kept(client.limit())))
                .build();
    }

    /** Until it is full again: whoever is forgotten earlier begins anew with all tokens. */
    private static Duration kept(RateLimit limit) {
        return limit.per().compareTo(KEPT_AT_LEAST) > 0 ? limit.per() : KEPT_AT_LEAST;
    }

    /** Takes a token if there is one, and says in the response's headers how many are left. */
    boolean allows(Client client, HttpServletResponse response) {
        ConsumptionProbe probe = buckets.get(client, this::bucket).tryConsumeAndReturnRemaining(1);
        long period = client.limit().per().toSeconds();
        response.setHeader("RateLimit-Policy", "\"default\";q=" + client.limit().requests() + ";w=" + period);
        response.setHeader(
                "RateLimit",
                "\"default\";r=" + probe.getRemainingTokens() + ";t="
                        + seconds(
                                probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill()));
        if (!probe.isConsumed()) {
            response.setHeader("Retry-After", String.valueOf(seconds(probe.getNanosToWaitForRefill())));
        }
        return probe.isConsumed();
    }

    private Bucket bucket(Client client) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(client.limit().requests())
                        .refillGreedy(client.limit().requests(), client.limit().per()))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
