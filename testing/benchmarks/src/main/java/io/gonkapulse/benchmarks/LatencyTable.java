package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.results.LatencySamples;
import java.util.List;
import java.util.Locale;

/** Latencies as a Markdown table. */
public final class LatencyTable {

    private final List<LatencySamples> rows;

    public LatencyTable(List<LatencySamples> rows) {
        this.rows = List.copyOf(rows);
    }

    public String render() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT, "%n| what | samples | p50, ms | p99, ms | max, ms |%n|---|---:|---:|---:|---:|%n"));
        rows.forEach(row -> table.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f |%n",
                row.name(),
                row.sortedMillis().size(),
                row.percentile(50),
                row.percentile(99),
                row.percentile(100))));
        return table.toString();
    }
}
