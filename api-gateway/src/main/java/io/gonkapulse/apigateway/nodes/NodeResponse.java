package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a node.
 *
 * @param stats null for a node of which nothing was ever reported
 */
record NodeResponse(
        UUID id,
        String identifier,
        String identifierType,
        @Nullable String displayName,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable Stats stats,
        Rewards rewards) {

    /** When the stats were fetched; empty for a node that is not in the running epoch. */
    Stream<Instant> fetchTimes() {
        return stats == null ? Stream.of() : Stream.ofNullable(stats.fetchedAt());
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
            @Nullable String earningsDayNgonka,
            @Nullable String earningsTotal,
            @Nullable String earningsTotalNgonka,
            @Nullable BigDecimal uptimePercent,
            @Nullable Integer uptimeSeenMinutes,
            @Nullable BigDecimal tokensPerSec,
            @Nullable Integer jobsDay,
            @Nullable String activeModel,
            @Nullable List<String> models,
            @Nullable BigDecimal votingWeight,
            @Nullable BigDecimal weightShare,
            @Nullable Integer rank,
            @Nullable String participantStatus,
            @Nullable Long gpuCount,
            @Nullable Instant jailedUntil,
            @Nullable BigDecimal missedRate,
            @Nullable BigDecimal invalidatedRate,
            @Nullable Long lastActiveEpoch,
            @Nullable String source,
            @Nullable List<String> sources,
            @Nullable Instant fetchedAt,
            @Nullable Long ageSeconds,
            boolean stale) {

        /** A node of an earlier epoch. Its other data would be those of that epoch. */
        static Stats inactive(@Nullable Long lastActiveEpoch, @Nullable Ngonka total) {
            return new Stats(
                    "inactive",
                    null,
                    null,
                    AmountFormatter.formatOptionalGnk(total),
                    AmountFormatter.formatOptionalNgonka(total),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    lastActiveEpoch,
                    null,
                    null,
                    null,
                    null,
                    false);
        }
    }

    /**
     * What the node can claim.
     *
     * @param claimBefore of the oldest unclaimed reward; null if there is none
     */
    record Rewards(String unclaimed, String unclaimedNgonka, EpochCalendar.@Nullable Deadline claimBefore) {

        static Rewards of(Ngonka unclaimed, EpochCalendar.@Nullable Deadline claimBefore) {
            return new Rewards(AmountFormatter.formatGnk(unclaimed), unclaimed.toString(), claimBefore);
        }
    }

    /**
     * The response body of a page of nodes, in sort order.
     *
     * @param total the number of nodes that match the filters
     * @param nextCursor null on the last page
     */
    record Page(
            List<NodeResponse> items, long total, @Nullable String nextCursor) {}

    /**
     * The response body of nodes by identifier, in the order of the request.
     *
     * @param nextCursor always null, so that clients can read it like a page
     * @param unknown addresses that no node has
     * @param invalid identifiers that are no address and that no node has
     */
    record Batch(
            List<NodeResponse> items,
            long total,
            @Nullable String nextCursor,
            List<String> unknown,
            List<String> invalid) {}
}
