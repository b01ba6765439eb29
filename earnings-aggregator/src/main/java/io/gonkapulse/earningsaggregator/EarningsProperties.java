package io.gonkapulse.earningsaggregator;

import io.gonkapulse.servicekit.settings.Bounds;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the aggregator.
 *
 * @param showEvery how soon a new day begins with nothing earned for nodes that nobody reports
 * @param verifyEvery how often the history is verified for the meter
 * @param countEvery how often missing settlements are counted for the meter
 * @param rebuildThreads threads that read the topic in a rebuild
 * @param rebuildKeys rows that each of them holds in memory before it spills into the database (about 400 bytes each)
 */
@Validated
@ConfigurationProperties("earnings")
record EarningsProperties(
        @DefaultValue("1m") Duration showEvery,
        @DefaultValue("6h") Duration verifyEvery,
        @DefaultValue("5m") Duration countEvery,
        @DefaultValue("2") @Min(1) @Max(64) int rebuildThreads,
        @DefaultValue("250000") @Min(1) int rebuildKeys) {

    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

    EarningsProperties {
        Bounds.requireAtLeast("EARNINGS_SHOWEVERY", showEvery, SHORTEST_PERIOD);
        Bounds.requireAtLeast("EARNINGS_VERIFYEVERY", verifyEvery, SHORTEST_PERIOD);
        Bounds.requireAtLeast("EARNINGS_COUNTEVERY", countEvery, SHORTEST_PERIOD);
    }
}
