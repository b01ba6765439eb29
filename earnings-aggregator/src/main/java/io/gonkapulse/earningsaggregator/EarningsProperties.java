package io.gonkapulse.earningsaggregator;

import io.gonkapulse.servicekit.settings.SettingLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the earnings aggregator.
 *
 * @param rolloverInterval how often the stats of nodes without new records are refreshed, so that a new day starts at
 * zero
 * @param verifyInterval how often the history is verified for the meter
 * @param missingSettlementsInterval how often missing settlements are counted for the meter
 * @param rankInterval how often epochs whose rewards have changed are ranked
 * @param rebuildThreads threads that read the topic in a rebuild
 * @param rebuildMaxRows most rows that each of these threads holds in memory before it spills them into the database
 * (about 400 bytes each)
 */
@Validated
@ConfigurationProperties("earnings")
record EarningsProperties(
        @DefaultValue("1m") Duration rolloverInterval,
        @DefaultValue("6h") Duration verifyInterval,
        @DefaultValue("5m") Duration missingSettlementsInterval,
        @DefaultValue("10s") Duration rankInterval,
        @DefaultValue("2") @Min(1) @Max(64) int rebuildThreads,
        @DefaultValue("250000") @Min(1) int rebuildMaxRows) {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    EarningsProperties {
        SettingLimits.requireAtLeast("EARNINGS_ROLLOVER_INTERVAL", rolloverInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("EARNINGS_VERIFY_INTERVAL", verifyInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("EARNINGS_MISSING_SETTLEMENTS_INTERVAL", missingSettlementsInterval, MIN_INTERVAL);
        SettingLimits.requireAtLeast("EARNINGS_RANK_INTERVAL", rankInterval, MIN_INTERVAL);
    }
}
