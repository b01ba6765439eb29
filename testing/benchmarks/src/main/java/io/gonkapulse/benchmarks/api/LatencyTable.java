package io.gonkapulse.benchmarks.api;

import io.gonkapulse.benchmarks.api.LoadOptions.LoadResult;
import io.gonkapulse.benchmarks.harness.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Renders latencies: of several runs the median, and the fastest and the slowest p99. */
final class LatencyTable {

    private LatencyTable() {}

    static String render(List<LatencyRow> rows) {
        MarkdownTable table = new MarkdownTable(
                "| what | offered/s | answered/s | rejected/s | p50, ms | p99, ms | max, ms | p99 of rejected, ms |",
                "|---|---:|---:|---:|---:|---:|---:|---:|",
                "| %s | %,.0f | %,.0f | %,.0f | %.1f | %s | %.1f | %.1f |");
        rows.forEach(row -> table.row(
                row.name(),
                row.offeredPerSecond(),
                row.median(LoadResult::successPerSecond),
                row.median(LoadResult::rejectedPerSecond),
                row.median(LoadResult::medianMillis),
                row.formatP99(),
                row.median(LoadResult::maxMillis),
                row.median(LoadResult::rejectedP99Millis)));
        return table.render();
    }

    /**
     * Runs at one rate.
     *
     * @param offeredPerSecond scheduled requests a second
     */
    record LatencyRow(String name, double offeredPerSecond, List<LoadResult> results) {

        double median(ToDoubleFunction<LoadResult> value) {
            double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        /** The median, then the range. */
        String formatP99() {
            double[] sorted =
                    results.stream().mapToDouble(LoadResult::p99Millis).sorted().toArray();
            return String.format(
                    Locale.ROOT,
                    "%.1f (%.1f–%.1f)",
                    median(LoadResult::p99Millis),
                    sorted[0],
                    sorted[sorted.length - 1]);
        }
    }
}
