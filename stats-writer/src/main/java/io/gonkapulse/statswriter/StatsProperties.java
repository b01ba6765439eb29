package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.settings.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all programs understand alike.
 *
 * @param ttl stats that are older are stale
 */
@ConfigurationProperties("stats")
record StatsProperties(@DefaultValue("3m") Duration ttl) {

    StatsProperties {
        Bounds.requireAtLeast("STATS_TTL", ttl, Duration.ofSeconds(1));
    }
}
