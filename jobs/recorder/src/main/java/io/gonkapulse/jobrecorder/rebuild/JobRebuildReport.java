package io.gonkapulse.jobrecorder.rebuild;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of a rebuild.
 *
 * @param coveredFrom jobs with older ids were left as they are; null if the topic has every record
 * @param records that were read
 * @param invalid records that the running consumer dead-letters as well
 * @param examples the first differences
 */
public record JobRebuildReport(
        @Nullable Instant coveredFrom,
        boolean replaced,
        long records,
        long invalid,
        RowCounts rows,
        List<String> countDifferences,
        List<String> examples) {

    /** The report as text, one line per figure. */
    public List<String> lines() {
        return List.of(
                "records read: " + records + " (invalid: " + invalid + ")",
                "jobs left unchanged: "
                        + (coveredFrom == null
                                ? "none; the topic has every record"
                                : "those with ids before " + coveredFrom
                                        + ", of which the topic may have lost records, and those without a time"),
                "jobs compared: " + rows.compared(),
                "jobs equal: " + (rows.compared() - rows.changed() - rows.added() - rows.removed()),
                "jobs changed: " + rows.changed(),
                "jobs added: " + rows.added(),
                "jobs removed: " + rows.removed(),
                "stages that differ: " + rows.stages(),
                "counts that differed: " + countDifferences.size(),
                "put in place: " + (replaced ? "yes" : "no"));
    }

    /**
     * How many rows differ.
     *
     * @param compared jobs
     * @param stages that were changed, added or removed
     */
    public record RowCounts(long compared, long changed, long added, long removed, long stages) {}
}
