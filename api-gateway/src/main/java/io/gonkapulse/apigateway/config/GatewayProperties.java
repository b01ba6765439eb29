package io.gonkapulse.apigateway.config;

import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.servicekit.settings.SettingLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the API serves.
 *
 * @param cacheTtl how long an answer serves everybody who asks the same without a look whether the data
 *     changed; 0 for not at all
 * @param lookupTimeout what one node, one page or a list of trackers may take in the database
 * @param rangeTimeout what a range of days, or the whole network, may take in the database
 * @param maxInFlight requests worked on at once; some more may wait for a moment, others get 429 at once
 * @param maxLookupStatements statements of a route that look up single nodes; who comes meanwhile is looked up by the next one
 * @param anonymousRead whether a request without a key is served
 * @param keysFile where the hashes of API keys stand; none without it
 * @param acceptNewerSchema ready on a schema that is newer than this program knows
 * @param corsAllowedOrigins whose pages may read the API; none by default
 * @param rateLimit of a client that has no key
 * @param publicRights what everybody may see, without a key that has the right
 * @param writeTimeout how long a client may take to read a response; then its connection is closed
 * @param maxConnectionsPerAddress open connections of an IPv4 address or an IPv6 /64; trusted proxies have no limit
 * @param maxUnreadResponseSize what all responses together may hold that are not read yet; a client may hold a quarter of it
 */
@Validated
@ConfigurationProperties("gateway")
public record GatewayProperties(
        @DefaultValue("1s") Duration cacheTtl,
        @DefaultValue("2s") Duration lookupTimeout,
        @DefaultValue("10s") Duration rangeTimeout,
        @DefaultValue("16") @Min(1) int maxInFlight,
        @DefaultValue("2") @Min(1) int maxLookupStatements,
        @DefaultValue("true") boolean anonymousRead,
        @Nullable Path keysFile,
        @DefaultValue("false") boolean acceptNewerSchema,
        @DefaultValue List<String> corsAllowedOrigins,
        @Valid @DefaultValue RateLimit rateLimit,
        @Name("public") @DefaultValue Set<KeyRight> publicRights,
        @DefaultValue("20s") Duration writeTimeout,
        @DefaultValue("64") @Min(1) int maxConnectionsPerAddress,
        @DefaultValue("64MB") DataSize maxUnreadResponseSize) {

    private static final DataSize MIN_UNREAD_RESPONSE_SIZE = DataSize.ofMegabytes(8);
    private static final Duration MAX_WRITE_TIMEOUT = Duration.ofMinutes(10);

    public GatewayProperties {
        if (!anonymousRead && keysFile == null) {
            throw new SettingException("GATEWAY_ANONYMOUS_READ is false and GATEWAY_KEYS_FILE is missing: "
                    + "nobody could be served; set one of them");
        }
        requireCacheTtl(cacheTtl, Duration.ofSeconds(10));
        requireOneSecond("GATEWAY_LOOKUP_TIMEOUT", lookupTimeout);
        requireOneSecond("GATEWAY_RANGE_TIMEOUT", rangeTimeout);
        requireOneSecond("GATEWAY_WRITE_TIMEOUT", writeTimeout);
        if (writeTimeout.compareTo(MAX_WRITE_TIMEOUT) > 0) {
            throw new SettingException("GATEWAY_WRITE_TIMEOUT: expected " + SettingLimits.format(MAX_WRITE_TIMEOUT)
                    + " or shorter, got " + SettingLimits.format(writeTimeout));
        }
        if (maxUnreadResponseSize.compareTo(MIN_UNREAD_RESPONSE_SIZE) < 0) {
            throw new SettingException(
                    "GATEWAY_MAX_UNREAD_RESPONSE_SIZE: expected " + MIN_UNREAD_RESPONSE_SIZE.toMegabytes()
                            + "MB or more, got " + maxUnreadResponseSize.toBytes() + "B");
        }
    }

    private static void requireCacheTtl(Duration ttl, Duration max) {
        if (ttl.isNegative() || ttl.compareTo(max) > 0) {
            throw new SettingException("GATEWAY_CACHE_TTL: expected 0s to 10s, got " + ttl.toMillis() + "ms");
        }
    }

    private static void requireOneSecond(String name, Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new SettingException(name + ": expected 1s or longer, got " + timeout.toMillis() + "ms");
        }
    }

    /**
     * How often a client may ask.
     *
     * @param requests how many at once, and again in each period
     * @param period the period
     */
    public record RateLimit(
            @DefaultValue("3000") @Min(1) int requests,
            @DefaultValue("1m") Duration period) {

        private static final Duration MAX_PERIOD = Duration.ofDays(366);

        public RateLimit {
            if (period.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new SettingException(
                        "GATEWAY_RATE_LIMIT_PERIOD: expected 1s or longer, got " + period.toMillis() + "ms");
            }
            invalidReason(requests, period).ifPresent(reason -> {
                throw new SettingException("GATEWAY_RATE_LIMIT_REQUESTS and GATEWAY_RATE_LIMIT_PERIOD: " + reason);
            });
        }

        /** Why the limiter, which counts in whole nanoseconds, cannot hold such a limit; nothing if it can. */
        public static Optional<String> invalidReason(int requests, Duration period) {
            if (period.compareTo(MAX_PERIOD) > 0) {
                return Optional.of("expected a period of " + MAX_PERIOD.toDays() + " days or less, got "
                        + period.toDays() + " days");
            }
            return requests > period.toNanos()
                    ? Optional.of("expected 1,000,000,000 requests a second or less, got " + requests + " in "
                            + period.toSeconds() + " s")
                    : Optional.empty();
        }
    }
}
