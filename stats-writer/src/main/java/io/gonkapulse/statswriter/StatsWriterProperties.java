package io.gonkapulse.statswriter;

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

        @DefaultValue("15s") Duration lookEvery) {}
