package io.gonkapulse.benchmarks.harness;

import java.util.List;
import java.util.Locale;

/**
 * The throughput of one measurement, as a row of the table.
 *
 * @param perSecond median of the iterations
 * @param spread half the distance between the slowest and the fastest iteration, relative to the median
 * @param reference name of the row that {@code ratio} compares with; empty for a limit or a peer
 */
public record ResultRow(String name, double perSecond, double spread, String reference, double ratio) {

    /** Summarizes the throughput of the iterations of one measurement, per second. */
    public static ResultRow of(String name, List<Double> rates) {
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one iteration");
        }
        List<Double> sorted = rates.stream().sorted().toList();
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        double spread = (sorted.get(sorted.size() - 1) - sorted.get(0)) / 2 / median;
        return new ResultRow(name, median, spread, "", 1);
    }

    public ResultRow comparedWith(ResultRow other) {
        return new ResultRow(name, perSecond, spread, other.name, perSecond / other.perSecond);
    }

    /** Renders rows as a table. The Java version and the number of cores precede it: absolute figures depend on them. */
    public static String render(List<ResultRow> rows) {
        MarkdownTable table = new MarkdownTable(
                "| what | per second | ± | ratio |", "|---|---:|---:|---|", "| %s | %,.0f | %.0f %% | %s |");
        rows.forEach(row -> table.row(row.name, row.perSecond, 100 * row.spread, row.formatRatio()));
        return String.format(
                        Locale.ROOT,
                        "%nJava %s, %d cores; medians, ± half the spread%n",
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors())
                + table.render();
    }

    private String formatRatio() {
        return reference.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f× %s", ratio, reference);
    }
}
