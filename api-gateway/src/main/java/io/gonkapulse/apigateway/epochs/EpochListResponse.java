package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.http.CsvWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the epochs of the network, newest first.
 *
 * @param total the number of epochs in the range
 * @param nextCursor null on the last page
 */
record EpochListResponse(
        List<EpochItem> items, long total, @Nullable String nextCursor) {

    /** Creates a page; {@code found} has one row more than the limit if there is a next page. */
    static EpochListResponse of(long total, List<EpochItem> found, int limit) {
        List<EpochItem> items = found.stream().limit(limit).toList();
        boolean more = found.size() > limit;
        return new EpochListResponse(
                items,
                total,
                more ? EpochPageQuery.createCursor(items.get(limit - 1).epoch()) : null);
    }

    String toCsv() {
        return new CsvWriter<EpochItem>()
                .column("epoch", EpochItem::epoch)
                .column("start", EpochItem::start)
                .column("end", EpochItem::end)
                .column("settledAt", EpochItem::settledAt)
                .column("settlementBlock", EpochItem::settlementBlock)
                .column("participants", EpochItem::participants)
                .column("earnedGnk", EpochItem::earnedGnk)
                .column("earnedNgonka", EpochItem::earnedNgonka)
                .column("rewardedGnk", EpochItem::rewardedGnk)
                .column("rewardedNgonka", EpochItem::rewardedNgonka)
                .column("claimedNgonka", EpochItem::claimedNgonka)
                .column("unclaimedNgonka", EpochItem::unclaimedNgonka)
                .column("forfeitedNgonka", EpochItem::forfeitedNgonka)
                .column("claimBeforeEpoch", epoch -> EpochCalendar.Deadline.epochOf(epoch.claimBefore()))
                .column("claimBeforeAt", epoch -> EpochCalendar.Deadline.timeOf(epoch.claimBefore()))
                .column("inferences", EpochItem::inferences)
                .column("missed", EpochItem::missed)
                .column("validated", EpochItem::validated)
                .column("invalidated", EpochItem::invalidated)
                .column("exact", EpochItem::exact)
                .write(items);
    }

    /**
     * An epoch of the network. Its sums are null before the settlement.
     *
     * @param start when the epoch before was settled; null if unknown
     * @param end when the epoch was settled; null before
     * @param participants nodes with a settlement; in the running epoch, nodes that a tracker reported; null between
     *     the end of the epoch and its settlement
     * @param claimBefore while rewards are unclaimed, else null
     * @param exact whether every settlement was read from its own block
     */
    record EpochItem(
            long epoch,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Instant settledAt,
            @Nullable Long settlementBlock,
            @Nullable Long participants,
            @Nullable String earnedGnk,
            @Nullable String earnedNgonka,
            @Nullable String rewardedGnk,
            @Nullable String rewardedNgonka,
            @Nullable String claimedNgonka,
            @Nullable String unclaimedNgonka,
            @Nullable String forfeitedNgonka,
            EpochCalendar.@Nullable Deadline claimBefore,
            @Nullable BigDecimal inferences,
            @Nullable BigDecimal missed,
            @Nullable BigDecimal validated,
            @Nullable BigDecimal invalidated,
            boolean exact) {}
}
