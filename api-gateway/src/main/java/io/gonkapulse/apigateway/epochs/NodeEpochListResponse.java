package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.http.CsvWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the epochs of one node, newest first.
 *
 * @param total the number of epochs in the range
 * @param nextCursor null on the last page
 */
record NodeEpochListResponse(
        String identifier,
        List<NodeEpoch> items,
        long total,
        @Nullable String nextCursor) {

    /** Creates a page; {@code found} has one row more than the limit if there is a next page. */
    static NodeEpochListResponse of(String identifier, long total, List<NodeEpoch> found, int limit) {
        List<NodeEpoch> items = found.stream().limit(limit).toList();
        return new NodeEpochListResponse(
                identifier,
                items,
                total,
                found.size() > limit
                        ? EpochPageQuery.createCursor(items.get(limit - 1).epoch())
                        : null);
    }

    String toCsv() {
        return new CsvWriter<NodeEpoch>()
                .column("epoch", NodeEpoch::epoch)
                .column("start", NodeEpoch::start)
                .column("end", NodeEpoch::end)
                .column("settledAt", NodeEpoch::settledAt)
                .column("settlementBlock", NodeEpoch::settlementBlock)
                .column("earnedGnk", NodeEpoch::earnedGnk)
                .column("earnedNgonka", NodeEpoch::earnedNgonka)
                .column("rewardedGnk", NodeEpoch::rewardedGnk)
                .column("rewardedNgonka", NodeEpoch::rewardedNgonka)
                .column("claim", NodeEpoch::claim)
                .column("claimBeforeEpoch", epoch -> EpochCalendar.Deadline.epochOf(epoch.claimBefore()))
                .column("claimBeforeAt", epoch -> EpochCalendar.Deadline.timeOf(epoch.claimBefore()))
                .column("forfeitedAt", NodeEpoch::forfeitedAt)
                .column("inferences", NodeEpoch::inferences)
                .column("missed", NodeEpoch::missed)
                .column("validated", NodeEpoch::validated)
                .column("invalidated", NodeEpoch::invalidated)
                .column("weight", NodeEpoch::weight)
                .column("exact", NodeEpoch::exact)
                .column("rank", NodeEpoch::rank)
                .write(items);
    }

    /**
     * An epoch of a node.
     *
     * @param start when the epoch before was settled; null if unknown
     * @param end when the epoch was settled; null if it was not, or if that is unknown
     * @param claim unknown before the settlement
     * @param claimBefore while the reward is unclaimed, else null
     * @param exact whether the settlement was read from its own block
     * @param rank place by reward among the settlements of the epoch; null before they are ranked
     */
    record NodeEpoch(
            long epoch,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Instant settledAt,
            @Nullable Long settlementBlock,
            @Nullable String earnedGnk,
            @Nullable String earnedNgonka,
            @Nullable String rewardedGnk,
            @Nullable String rewardedNgonka,
            String claim,
            EpochCalendar.@Nullable Deadline claimBefore,
            @Nullable Instant forfeitedAt,
            @Nullable Long inferences,
            @Nullable Long missed,
            @Nullable Long validated,
            @Nullable Long invalidated,
            @Nullable Long weight,
            boolean exact,
            @Nullable Integer rank) {}
}
