package io.gonkapulse.apigateway.core;

import io.gonkapulse.servicekit.keys.RequestRate;
import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.servicekit.settings.SettingLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the gateway.
 *
 * @param cacheTtl how long a response or a result is reused without a check whether the data changed; 0 disables it
 * @param lookupTimeout statement timeout for a node, a page and the trackers
 * @param rangeTimeout statement timeout for a range of days and for the network
 * @param maxInFlight concurrent requests; some more wait for a moment, the others get 429
 * @param maxLookupStatements concurrent look-up statements of a route; waiting look-ups join the next statement
 * @param anonymousRead whether requests without a key are served
 * @param keysFile file of key hashes; without it there are no keys
 * @param acceptNewerSchema ready even if the schema is newer than this release supports
 * @param corsAllowedOrigins origins whose pages may read the API; none by default
 * @param rateLimit of a client without a key
 * @param publicRights rights that every client has without a key
 * @param writeTimeout how long a client may take to read a response before its connection is closed
 * @param maxConnectionsPerAddress open connections of an IPv4 address or an IPv6 /64; trusted proxies have no limit
 * @param maxStreams open event streams
 * @param maxStreamsPerClient open event streams of a key, or of an address without a key
 * @param maxUnreadResponseSize memory of all unread responses; a client may hold a quarter of it
 * @param simulated whether the data come from a simulated network; the dashboard then shows a badge
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
        @DefaultValue("1000") @Min(0) int maxStreams,
        @DefaultValue("5") @Min(1) int maxStreamsPerClient,
        @DefaultValue("64MB") DataSize maxUnreadResponseSize,
        @DefaultValue("false") boolean simulated) {

    private static final DataSize MIN_UNREAD_RESPONSE_SIZE = DataSize.ofMegabytes(8);
    private static final Duration MAX_WRITE_TIMEOUT = Duration.ofMinutes(10);

    public GatewayProperties {
        if (!anonymousRead && keysFile == null) {
            throw new SettingException("GATEWAY_ANONYMOUS_READ is false and GATEWAY_KEYS_FILE is missing: "
                    + "no client could be served; set one of them");
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
     * The rate limit of a client.
     *
     * @param requests per period, and the size of a burst
     * @param period in which the tokens are refilled
     */
    public record RateLimit(
            @DefaultValue("3000") @Min(1) int requests,
            @DefaultValue("1m") Duration period) {

        public RateLimit {
            if (period.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new SettingException(
                        "GATEWAY_RATE_LIMIT_PERIOD: expected 1s or longer, got " + period.toMillis() + "ms");
            }
            RequestRate.invalidReason(requests, period).ifPresent(reason -> {
                throw new SettingException("GATEWAY_RATE_LIMIT_REQUESTS and GATEWAY_RATE_LIMIT_PERIOD: " + reason);
            });
        }

        public RequestRate rate() {
            return new RequestRate(requests, period);
        }
    }

    /**
     * The setting that defines stale data.
     *
     * @param ttl stats that are older are stale
     */
    @ConfigurationProperties("stats")
    public record FreshnessProperties(@DefaultValue("3m") Duration ttl) {

        public FreshnessProperties {
            requireOneSecond("STATS_TTL", ttl);
        }
    }
}
