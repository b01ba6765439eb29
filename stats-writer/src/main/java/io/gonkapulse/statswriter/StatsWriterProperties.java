package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.settings.SettingLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may choose.
 *
 * @param grace an answer older than this when it arrives counts from the moment that it speaks of
 * @param healthRetention how long minutes of health are kept
 * @param pollRetention how long single polls are kept
 * @param uptimeInterval how often uptime is recomputed
 * @param cleanupInterval how often what is too old is removed
 * @param metricsInterval how often the age of the tables is looked at for the meters
 */
@ConfigurationProperties("writer")
public record StatsWriterProperties(
        @DefaultValue("3m") Duration grace,

        @DefaultValue("90d") Duration healthRetention,

        @DefaultValue("30d") Duration pollRetention,

        @DefaultValue("1m") Duration uptimeInterval,

        @DefaultValue("1h") Duration cleanupInterval,

        @DefaultValue("15s") Duration metricsInterval) {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    public StatsWriterProperties {
        SettingLimits.requireAtLeast("WRITER_GRACE", grace, Duration.ZERO);
        SettingLimits.requireAtLeast("WRITER_HEALTH_RETENTION", healthRetention, Duration.ofDays(2));
        SettingLimits.requireAtLeast("WRITER_POLL_RETENTION", pollRetention, Duration.ofHours(1));
        SettingLimits.requireAtLeast("WRITER_UPTIME_INTERVAL", uptimeInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("WRITER_CLEANUP_INTERVAL", cleanupInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("WRITER_METRICS_INTERVAL", metricsInterval, MIN_INTERVAL);
    }
}
