package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.earningsaggregator.history.AdoptedDays;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild found.
 *
 * @param from the first day that was compared; null if the topic can prove none
 * @param adopted days that count as they were adopted
 * @param largest the largest differences
 * @param otherDifferences rows of ledger, settlements and kept sums that were not what the topic says
 * @param otherExamples the first of them
 */
public record RebuildReport(
        @Nullable LocalDate from,
        boolean swapped,
        ReplayCounts records,
        HistoryComparison.ComparisonCounts counts,
        AdoptedDays adopted,
        List<HistoryComparison.DayDifference> largest,
        long otherDifferences,
        List<String> otherExamples) {

    /** Of this release: another one may have others, and then its rebuild has another result. */
    private static final String BOUNDS =
            "earned and rewarded up to " + MessageLimits.MAX_AMOUNT + " ngonka, epoch up to "
                    + MessageLimits.MAX_EPOCH + ", each counter up to " + MessageLimits.MAX_COUNT + ", weight up to "
                    + MessageLimits.MAX_WEIGHT + ", times from 1970 on";

    /** Lines for an operator. */
    public List<String> lines() {
        return List.of(
                "records read: " + records.read() + " (refused: " + records.refused() + ")",
                "refused as out of bounds: " + records.outOfBounds() + " (" + BOUNDS + ")",
                "days left alone: " + (from == null ? "all; the topic can prove none" : "those before " + from),
                "rows compared: " + counts.compared(),
                "rows equal: " + counts.equal(),
                "rows changed: " + counts.changed(),
                "rows added: " + counts.added(),
                "rows removed: " + counts.removed(),
                "rows beneath and beside that differ (ledger, settlements, kept sums): " + otherDifferences,
                "days kept as they were adopted: " + adopted.days() + ", " + adopted.sum() + " ngonka",
                "total before: " + counts.before() + " ngonka",
                "total after: " + counts.after() + " ngonka",
                "put in place: " + (swapped ? "yes" : "no"));
    }
}
