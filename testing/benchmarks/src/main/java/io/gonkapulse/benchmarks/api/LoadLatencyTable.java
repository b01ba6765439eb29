package io.gonkapulse.benchmarks.api;

import java.util.List;
import java.util.Locale;

/** Latencies as a Markdown table, in milliseconds from the scheduled time of a request. */
final class LoadLatencyTable {

    /**
     * Latencies at one rate.
     *
     * @param offeredPerSecond scheduled requests a second
     */
    record Row(String name, double offeredPerSecond, LoadOptions.LoadResult result) {}

    private final List<Row> rows;

    LoadLatencyTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    String render() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%n| what | offered/s | answered/s | rejected/s | p50, ms | p99, ms | max, ms | p99 of rejected, ms |%n"
                        + "|---|---:|---:|---:|---:|---:|---:|---:|%n"));
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(Row row) {
        LoadOptions.LoadResult result = row.result();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %.1f | %.1f | %.1f | %.1f |%n",
                row.name(),
                row.offeredPerSecond(),
                result.successPerSecond(),
                result.rejectedPerSecond(),
                result.medianMillis(),
                result.p99Millis(),
                result.maxMillis(),
                result.rejectedP99Millis());
    }
}
