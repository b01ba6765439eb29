package io.gonkapulse.apigateway.nodes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as the database has it.
 *
 * @param stats null for a node that no tracker has ever reported
 */
record NodeRow(
        UUID id,
        String identifier,
        String identifierType,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable StatsRow stats) {

    /**
     * The newest stats.
     *
     * @param earningsDay of today; null if the newest snapshot or what is known of its earnings is of an earlier day
     * @param jobsDay as earningsDay
     */
    record StatsRow(
            String status,
            @Nullable BigDecimal earningsDay,
            @Nullable BigDecimal earningsTotal,
            @Nullable BigDecimal uptimePercent,
            @Nullable BigDecimal tokensPerSec,
            @Nullable Integer jobsDay,
            @Nullable String activeModel,
            @Nullable BigDecimal votingWeight,
            @Nullable String source,
            Instant fetchedAt,
            boolean stale) {}
}
