package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.settings.SettingLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The setting that all programs share.
 *
 * @param ttl age at which stats become stale
 */
@ConfigurationProperties("stats")
record StatsWriterTtlProperties(@DefaultValue("3m") Duration ttl) {

    StatsWriterTtlProperties {
        SettingLimits.requireAtLeast("STATS_TTL", ttl, Duration.ofSeconds(1));
    }
}
