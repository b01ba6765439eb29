package io.gonkapulse.apigateway.nodes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a node.
 *
 * @param stats null for a node that no tracker has reported
 */
record NodeResponse(
        UUID id,
        String identifier,
        String identifierType,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable Stats stats) {

    /** When the stats were fetched; empty for a node that no tracker has reported. */
    Stream<Instant> fetchTimes() {
        return stats == null ? Stream.of() : Stream.of(stats.fetchedAt());
    }

    /**
     * The newest stats of a node. Amounts are decimal strings.
     *
     * @param earningsDay of today; null if the newest snapshot or the newest earnings are of an earlier day
     * @param jobsDay null under the same condition as earningsDay
     * @param ageSeconds a placeholder, because the age changes with every response
     */
    record Stats(
            String status,
            @Nullable String earningsDay,
            @Nullable String earningsTotal,
            @Nullable BigDecimal uptimePercent,
            @Nullable BigDecimal tokensPerSec,
            @Nullable Integer jobsDay,
            @Nullable String activeModel,
            @Nullable BigDecimal votingWeight,
            @Nullable String source,
            Instant fetchedAt,
            long ageSeconds,
            boolean stale) {}

    /**
     * The response body of a page of nodes, in sort order.
     *
     * @param nextCursor null on the last page
     */
    record Page(List<NodeResponse> items, @Nullable String nextCursor) {}
}
