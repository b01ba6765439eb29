package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.results.MemoryFootprint;
import java.util.List;
import java.util.Locale;

/** Memory footprints as a Markdown table, in MB. */
public final class FootprintTable {

    private static final double MB = 1 << 20;

    private final List<MemoryFootprint> rows;

    public FootprintTable(List<MemoryFootprint> rows) {
        this.rows = List.copyOf(rows);
    }

    public String render() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%n| what | live heap, MB | peak heap, MB | peak RSS, MB | temporary files, MB |%n"
                        + "|---|---:|---:|---:|---:|%n"));
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(MemoryFootprint row) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.0f | %.1f |%n",
                row.name(),
                row.liveHeap() / MB,
                row.heapPeak() / MB,
                row.resident() / MB,
                row.temporaryFiles() / MB);
    }
}
