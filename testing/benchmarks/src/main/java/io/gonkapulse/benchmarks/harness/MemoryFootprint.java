package io.gonkapulse.benchmarks.harness;

import java.util.List;

/**
 * Memory of one measurement, in bytes.
 *
 * @param liveHeap reachable heap in the middle of the work
 * @param heapPeak peak heap usage, garbage included
 * @param resident peak resident set size; 0 where the system does not report it
 * @param temporaryFiles temporary files in the middle of the work
 */
public record MemoryFootprint(String name, long liveHeap, long heapPeak, long resident, long temporaryFiles) {

    private static final double MB = 1 << 20;

    /** Renders footprints as a table, in MB. */
    public static String render(List<MemoryFootprint> footprints) {
        MarkdownTable table = new MarkdownTable(
                "| what | live heap, MB | peak heap, MB | peak RSS, MB | temporary files, MB |",
                "|---|---:|---:|---:|---:|",
                "| %s | %.1f | %.0f | %.0f | %.1f |");
        footprints.forEach(row ->
                table.row(row.name, row.liveHeap / MB, row.heapPeak / MB, row.resident / MB, row.temporaryFiles / MB));
        return table.render();
    }
}
