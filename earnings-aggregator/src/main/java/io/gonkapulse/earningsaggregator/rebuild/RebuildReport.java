package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.store.Comparison;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild found.
 *
 * @param from the first day that was compared; null if the topic can prove none
 * @param refused records that the live consumer refuses as well
 * @param largest the largest differences
 * @param beneath rows of ledger, settlements and kept sums that were not what the topic says
 * @param examples the first of them
 */
public record RebuildReport(
        @Nullable LocalDate from,
        boolean swapped,
        long records,
        long refused,
        Comparison.Counts counts,
        List<Comparison.Difference> largest,
        long beneath,
        List<String> examples) {

    /** Lines for an operator. */
    public List<String> lines() {
        return List.of(
                "records read: " + records + " (refused: " + refused + ")",
                "days left alone: " + (from == null ? "all; the topic can prove none" : "those before " + from),
                "rows compared: " + counts.compared(),
                "rows equal: " + counts.equal(),
                "rows changed: " + counts.changed(),
                "rows added: " + counts.added(),
                "rows removed: " + counts.removed(),
                "rows beneath and beside that differ (ledger, settlements, kept sums): " + beneath,
                "total before: " + counts.before() + " ngonka",
                "total after: " + counts.after() + " ngonka",
                "put in place: " + (swapped ? "yes" : "no"));
    }
}
