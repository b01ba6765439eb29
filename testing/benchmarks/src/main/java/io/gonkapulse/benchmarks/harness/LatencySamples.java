package io.gonkapulse.benchmarks.harness;

import java.util.List;

/** Latencies of repeated probes, in milliseconds. */
public record LatencySamples(String name, List<Double> sortedMillis) {

    public LatencySamples {
        if (sortedMillis.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one sample");
        }
        sortedMillis = sortedMillis.stream().sorted().toList();
    }

    /** Nearest-rank percentile. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sortedMillis.size());
        return sortedMillis.get(Math.max(rank, 1) - 1);
    }

    /** Renders latencies as a table. */
    public static String render(List<LatencySamples> latencies) {
        MarkdownTable table = new MarkdownTable(
                "| what | samples | p50, ms | p99, ms | max, ms |",
                "|---|---:|---:|---:|---:|",
                "| %s | %,d | %.1f | %.1f | %.1f |");
        latencies.forEach(row -> table.row(
                row.name, row.sortedMillis.size(), row.percentile(50), row.percentile(99), row.percentile(100)));
        return table.render();
    }
}
