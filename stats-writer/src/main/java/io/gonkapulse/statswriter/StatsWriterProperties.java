package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.settings.SettingLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stats-writer.
 *
 * @param grace maximum age of a response on arrival; an older one counts from its own observation
 *      time
 * @param healthRetention how long health minutes are kept
 * @param pollRetention how long single polls are kept
 * @param uptimeInterval time between two computations of uptime
 * @param historyInterval time between two computations of the network's days
 * @param cleanupInterval time between two deletions of expired rows
 * @param metricsInterval time between two updates of the freshness metrics
 */
@ConfigurationProperties("writer")
public record StatsWriterProperties(
        @DefaultValue("3m") Duration grace,

        @DefaultValue("90d") Duration healthRetention,

        @DefaultValue("30d") Duration pollRetention,

        @DefaultValue("1m") Duration uptimeInterval,

        @DefaultValue("10m") Duration historyInterval,

        @DefaultValue("1h") Duration cleanupInterval,

        @DefaultValue("15s") Duration metricsInterval) {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    public StatsWriterProperties {
        SettingLimits.requireAtLeast("WRITER_GRACE", grace, Duration.ZERO);
        SettingLimits.requireAtLeast("WRITER_HEALTH_RETENTION", healthRetention, Duration.ofDays(2));
        SettingLimits.requireAtLeast("WRITER_POLL_RETENTION", pollRetention, Duration.ofHours(1));
        SettingLimits.requireAtLeast("WRITER_UPTIME_INTERVAL", uptimeInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("WRITER_HISTORY_INTERVAL", historyInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("WRITER_CLEANUP_INTERVAL", cleanupInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("WRITER_METRICS_INTERVAL", metricsInterval, MIN_INTERVAL);
    }

    /**
     * The setting that all programs share.
     *
     * @param ttl age at which stats become stale
     */
    @ConfigurationProperties("stats")
    record StatsTtl(@DefaultValue("3m") Duration ttl) {

        StatsTtl {
            SettingLimits.requireAtLeast("STATS_TTL", ttl, Duration.ofSeconds(1));
        }
    }
}
