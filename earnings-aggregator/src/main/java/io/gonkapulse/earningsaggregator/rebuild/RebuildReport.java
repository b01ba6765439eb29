package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.earningsaggregator.history.AdoptedDays;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Result of a rebuild.
 *
 * @param from first day that was compared; null if the topic covers no whole day
 * @param adopted days that count as they were adopted
 * @param largest the largest differences of days
 * @param otherDifferences number of ledger rows, settlements and derived totals that differ
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

    /** Bounds may change between releases; a rebuild by another release can then reject other records. */
    private static final String BOUNDS =
            "earned and rewarded up to " + MessageLimits.MAX_AMOUNT + " ngonka, epoch up to "
                    + MessageLimits.MAX_EPOCH + ", each counter up to " + MessageLimits.MAX_COUNT + ", weight up to "
                    + MessageLimits.MAX_WEIGHT + ", times from 1970 on";

    /** The report as text, one line per figure. */
    public List<String> lines() {
        return List.of(
                "records read: " + records.read() + " (refused: " + records.refused() + ")",
                "refused as out of bounds: " + records.outOfBounds() + " (" + BOUNDS + ")",
                "days left unchanged: "
                        + (from == null ? "all; the topic covers no whole day" : "those before " + from),
                "rows compared: " + counts.compared(),
                "rows equal: " + counts.equal(),
                "rows changed: " + counts.changed(),
                "rows added: " + counts.added(),
                "rows removed: " + counts.removed(),
                "ledger rows, settlements and derived totals that differ: " + otherDifferences,
                "adopted days kept: " + adopted.days() + ", " + adopted.sum() + " ngonka",
                "total before: " + counts.before() + " ngonka",
                "total after: " + counts.after() + " ngonka",
                "put in place: " + (swapped ? "yes" : "no"));
    }

    /**
     * Counts of the records that a rebuild has read.
     *
     * @param refused records that the live consumer rejects as well
     * @param outOfBounds those of them that exceed a bound of {@link io.gonkapulse.contracts.MessageLimits}
     */
    public record ReplayCounts(long read, long refused, long outOfBounds) {}

    /** Forwards every difference and retains the first ones for the report. */
    static final class DifferenceSummary {

        static final int MAX_RETAINED = 20;

        private final Consumer<HistoryComparison.DayDifference> days;
        private final Consumer<String> others;
        private final List<HistoryComparison.DayDifference> largest = new ArrayList<>();
        private final List<String> otherExamples = new ArrayList<>();
        private long otherCount;

        DifferenceSummary(Consumer<HistoryComparison.DayDifference> days, Consumer<String> others) {
            this.days = days;
            this.others = others;
        }

        void addDay(HistoryComparison.DayDifference difference) {
            days.accept(difference);
            if (largest.size() < MAX_RETAINED) {
                largest.add(difference);
            }
        }

        void addOther(String difference) {
            others.accept(difference);
            otherCount++;
            if (otherExamples.size() < MAX_RETAINED) {
                otherExamples.add(difference);
            }
        }

        List<HistoryComparison.DayDifference> largest() {
            return List.copyOf(largest);
        }

        long otherCount() {
            return otherCount;
        }

        List<String> otherExamples() {
            return List.copyOf(otherExamples);
        }
    }
}
