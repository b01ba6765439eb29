package io.gonkapulse.apigateway.nodes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node in the database.
 *
 * @param stats null for a node that no tracker has reported
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
     * The newest stats of a node.
     *
     * @param earningsDay of today; null if the newest snapshot or the newest earnings are of an earlier day
     * @param jobsDay null under the same condition as earningsDay
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
