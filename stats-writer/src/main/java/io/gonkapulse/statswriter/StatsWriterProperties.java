package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.settings.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may choose.
 *
 * @param grace an answer older than this when it arrives counts from the moment that it speaks of
 * @param healthRetention how long minutes of health are kept
 * @param pollRetention how long single polls are kept
 * @param uptimeEvery how often uptime is recomputed
 * @param cleanEvery how often what is too old is removed
 * @param lookEvery how often the age of the tables is looked at for the meters
 */
@ConfigurationProperties("writer")
public record StatsWriterProperties(
        @DefaultValue("3m") Duration grace,

        @DefaultValue("90d") Duration healthRetention,

        @DefaultValue("30d") Duration pollRetention,

        @DefaultValue("1m") Duration uptimeEvery,

        @DefaultValue("1h") Duration cleanEvery,

        @DefaultValue("15s") Duration lookEvery) {

    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

    public StatsWriterProperties {
        Bounds.requireAtLeast("WRITER_GRACE", grace, Duration.ZERO);
        Bounds.requireAtLeast("WRITER_HEALTHRETENTION", healthRetention, Duration.ofDays(2));
        Bounds.requireAtLeast("WRITER_POLLRETENTION", pollRetention, Duration.ofHours(1));
        Bounds.requireAtLeast("WRITER_UPTIMEEVERY", uptimeEvery, SHORTEST_PERIOD);
        Bounds.requireAtLeast("WRITER_CLEANEVERY", cleanEvery, SHORTEST_PERIOD);
        Bounds.requireAtLeast("WRITER_LOOKEVERY", lookEvery, SHORTEST_PERIOD);
    }
}
