package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.network.NetworkRepository.NetworkRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response body of the network route. */
record NetworkResponse(
        @Nullable Long epoch,
        @Nullable Long blockHeight,
        @Nullable Instant blockTime,
        @Nullable Long blockAgeSeconds,
        String state,
        @Nullable Long participants,
        @Nullable Long healthy,
        @Nullable Long jailed,
        @Nullable Long unhealthy,
        @Nullable Long offline,
        @Nullable Long inactive,
        @Nullable Long gpus,
        List<String> models,
        @Nullable BigDecimal avgBlockSeconds,
        @Nullable Long nextEpochSeconds,
        @Nullable Instant updatedAt,
        boolean simulated) {

    /** Creates the response; {@code simulated} means that a simulation is shown in the place of the real network. */
    static NetworkResponse of(NetworkRow row, FreshnessPolicy freshness, boolean simulated) {
        return new NetworkResponse(
                row.epoch(),
                row.height(),
                row.blockTime(),
                freshness.ageSeconds(row.blockTime()),
                state(row, freshness),
                row.participants(),
                row.healthy(),
                row.jailed(),
                row.unhealthy(),
                row.offline(),
                row.inactive(),
                row.gpus(),
                row.models(),
                AmountFormatter.stripZeros(row.avgBlockSeconds()),
                nextEpochSeconds(row, freshness),
                row.updatedAt(),
                simulated);
    }

    /** A node that catches up always has old blocks, so {@code syncing} has priority over {@code stale}. */
    static String state(NetworkRow row, FreshnessPolicy freshness) {
        if (Boolean.TRUE.equals(row.catchingUp())) {
            return "syncing";
        }
        if (row.blockTime() == null) {
            return "unknown";
        }
        return freshness.isStale(row.blockTime()) ? "stale" : "live";
    }

    /**
     * The remaining blocks times the average block time, minus the age of the newest block. An overdue epoch has 0
     * seconds.
     */
    private static @Nullable Long nextEpochSeconds(NetworkRow row, FreshnessPolicy freshness) {
        Long age = freshness.ageSeconds(row.blockTime());
        if (row.nextEpochHeight() == null || row.height() == null || row.avgBlockSeconds() == null || age == null) {
            return null;
        }
        BigDecimal remaining = row.avgBlockSeconds().multiply(BigDecimal.valueOf(row.nextEpochHeight() - row.height()));
        return Math.max(0, remaining.longValue() - age);
    }
}
