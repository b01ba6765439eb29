package io.gonkapulse.trackerpoller.config;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.http.TrackerClientSettings;
import io.gonkapulse.trackerpoller.trackerapi.TrackerSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One tracker.
 *
 * @param name its name in messages, tables and meters
 * @param kind how it speaks: gonka-tracker or gonka-node
 * @param urls where it answers, the preferred address first
 * @param interval between two polls of the running epoch
 * @param live publish the running epoch; off for a source that serves rewards and old epochs only
 * @param pollDeadline after which a poll is given up; by default three quarters of the interval, at most a minute
 * @param staleAfter the age from which on an answer counts as stale
 * @param settledEpochs how many epochs back rewards are asked for
 * @param settlementInterval between two questions about the same unclaimed rewards
 * @param hardwareInterval between two questions about the hardware of one node
 * @param initialBackfillEpochs how many epochs to fetch when the tracker is met for the first time
 * @param connectTimeout for one connection
 * @param idleTimeout the longest silence within one answer
 * @param bodyLimit the longest answer, before and after it is uncompressed, all its pages together
 * @param requestsPerSecond the most that the tracker is asked, over all its addresses
 * @param concurrentRequests the most that it is asked at a time
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
        PollerPropertiesValidator.requireTrackerName(name);
        PollerPropertiesValidator.requireUrls(name, urls);
        PollerPropertiesValidator.requireBetween(name + ": interval", interval, SECOND, Duration.ofDays(1));
        PollerPropertiesValidator.requireBetween(name + ": stale-after", staleAfter, SECOND, Duration.ofDays(1));
        PollerPropertiesValidator.requireBetween(
                name + ": settlement-interval", settlementInterval, SECOND, Duration.ofDays(1));
        PollerPropertiesValidator.requireBetween(
                name + ": hardware-interval", hardwareInterval, SECOND, Duration.ofDays(365));
        PollerPropertiesValidator.requireBetween(
                name + ": connect-timeout", connectTimeout, Duration.ofMillis(100), MAX_DEADLINE);
        PollerPropertiesValidator.requireBetween(
                name + ": idle-timeout", idleTimeout, Duration.ofMillis(100), MAX_DEADLINE);
        if (pollDeadline != null) {
            PollerPropertiesValidator.requireBetween(
                    name + ": poll-deadline", pollDeadline, Duration.ofMillis(100), interval);
        }
    }

    /** What the poller's loops need to know of it; of the concurrent requests one stays free for the beat. */
    public TrackerSettings trackerSettings() {
        return new TrackerSettings(
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

    /** How its addresses are reached. */
    public TrackerClientSettings clientSettings() {
        return new TrackerClientSettings(
                urls, connectTimeout, idleTimeout, bodyLimit.toBytes(), requestsPerSecond, concurrentRequests);
    }

    private Duration effectivePollDeadline() {
        if (pollDeadline != null) {
            return pollDeadline;
        }
        Duration share = interval.multipliedBy(3).dividedBy(4);
        return share.compareTo(MAX_DEADLINE) < 0 ? share : MAX_DEADLINE;
    }
}
