package io.gonkapulse.apigateway.config;

import io.gonkapulse.servicekit.settings.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The setting that defines stale data.
 *
 * @param ttl stats that are older are stale
 */
@ConfigurationProperties("stats")
public record FreshnessProperties(@DefaultValue("3m") Duration ttl) {

    public FreshnessProperties {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new SettingException("STATS_TTL: expected 1s or longer, got " + ttl.toMillis() + "ms");
        }
    }
}
