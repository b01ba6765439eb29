package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.http.TrackerClientSettings;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of one tracker.
 *
 * @param name its name in messages, tables and meters
 * @param kind its tracker type: gonka-tracker or gonka-node
 * @param urls its addresses, the preferred one first
 * @param interval between two polls of the running epoch
 * @param live whether the running epoch is published; off for a tracker that serves settlements and old epochs only
 * @param pollDeadline the time after which a poll stops fetching; by default three quarters of the interval, at most a minute
 * @param staleAfter the age from which on a response counts as stale
 * @param settledEpochs for how many past epochs settlements are requested
 * @param settlementInterval between two requests for the same unclaimed rewards
 * @param hardwareInterval between two requests for the hardware of one node
 * @param initialBackfillEpochs how many epochs to fetch when the tracker is polled for the first time
 * @param connectTimeout for one connection
 * @param idleTimeout the longest pause within one response
 * @param bodyLimit the largest response, compressed and uncompressed, all its pages together
 * @param requestsPerSecond over all addresses of the tracker
 * @param concurrentRequests over all addresses of the tracker
 */
public record TrackerProperties(
        @DefaultValue("") String name,
        @NotBlank String kind,

        @DefaultValue @NotEmpty(message = "expected at least one address as https://host[:port][/path]")
        List<String> urls,

        @DefaultValue("60s") Duration interval,
        @DefaultValue("true") boolean live,
        @Nullable Duration pollDeadline,
        @DefaultValue("5m") Duration staleAfter,
        @DefaultValue("5") @Min(0) @Max(1_000) int settledEpochs,
        @DefaultValue("15m") Duration settlementInterval,
        @DefaultValue("24h") Duration hardwareInterval,
        @DefaultValue("0") @Min(0) @Max(10_000) int initialBackfillEpochs,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration idleTimeout,
        @DefaultValue("64MB") DataSize bodyLimit,
        @DefaultValue("10") @Min(1) @Max(100_000) int requestsPerSecond,
        @DefaultValue("4") @Min(2) @Max(1_000) int concurrentRequests) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MAX_DEADLINE = Duration.ofMinutes(1);

    public TrackerProperties {
        require(!name.isBlank(), "name is missing: expected a name for each tracker");
        new TrackerName(name);
        requireUrls(name, urls);
        requireBetween(name + ": interval", interval, SECOND, Duration.ofDays(1));
        requireBetween(name + ": stale-after", staleAfter, SECOND, Duration.ofDays(1));
        requireBetween(name + ": settlement-interval", settlementInterval, SECOND, Duration.ofDays(1));
        requireBetween(name + ": hardware-interval", hardwareInterval, SECOND, Duration.ofDays(365));
        requireBetween(name + ": connect-timeout", connectTimeout, Duration.ofMillis(100), MAX_DEADLINE);
        requireBetween(name + ": idle-timeout", idleTimeout, Duration.ofMillis(100), MAX_DEADLINE);
        if (pollDeadline != null) {
            requireBetween(name + ": poll-deadline", pollDeadline, Duration.ofMillis(100), interval);
        }
    }

    /** The settings of the polling loops. One of the concurrent requests stays reserved for the scheduled poll. */
    public PollingSettings pollingSettings() {
        return new PollingSettings(
                new TrackerName(name),
                kind,
                interval,
                live,
                effectivePollDeadline(),
                staleAfter,
                settledEpochs,
                settlementInterval,
                hardwareInterval,
                initialBackfillEpochs,
                concurrentRequests - 1);
    }

    public TrackerClientSettings clientSettings() {
        return new TrackerClientSettings(
                urls, connectTimeout, idleTimeout, bodyLimit.toBytes(), requestsPerSecond, concurrentRequests);
    }

    /** Leaves a quarter of the interval for publishing. */
    private Duration effectivePollDeadline() {
        if (pollDeadline != null) {
            return pollDeadline;
        }
        Duration relative = interval.multipliedBy(3).dividedBy(4);
        return relative.compareTo(MAX_DEADLINE) < 0 ? relative : MAX_DEADLINE;
    }

    private static void requireUrls(String tracker, List<String> urls) {
        for (String url : urls) {
            require(
                    isHttpUrl(url),
                    tracker + ": urls: expected addresses as https://host[:port][/path], without credentials, query or"
                            + " fragment, got \"" + redact(url) + '"');
        }
        require(
                new HashSet<>(urls).size() == urls.size(),
                tracker + ": urls: expected different addresses, got one twice");
    }

    /** Credentials are rejected because URLs appear in logs, meters and messages. */
    private static boolean isHttpUrl(String url) {
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Removes what may be a password or token. */
    private static String redact(String url) {
        return url.replaceFirst("//.*@", "//…@").replaceFirst("[?#].*", "?…");
    }

    /** Bean Validation's annotations for durations do not print the actual value. */
    static void requireBetween(String setting, Duration value, Duration min, Duration max) {
        require(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                setting + ": expected " + min + " to " + max + ", got " + value);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
