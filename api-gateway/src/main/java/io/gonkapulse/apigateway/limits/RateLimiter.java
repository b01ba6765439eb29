package io.gonkapulse.apigateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** A bucket of tokens for each client. */
@Component
class RateLimiter {

    private static final int MOST_CLIENTS = 100_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Cache<Client, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .build();

    /** Takes a token if there is one, and says in the response's headers how many are left. */
    boolean allows(Client client, HttpServletResponse response) {
        ConsumptionProbe probe = buckets.get(client, RateLimiter::bucket).tryConsumeAndReturnRemaining(1);
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

    private static Bucket bucket(Client client) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(client.limit().requests())
                        .refillGreedy(client.limit().requests(), client.limit().per()))
                .build();
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
