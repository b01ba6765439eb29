package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.results.ResultRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Throughput of all suites as a Markdown table, ready for the documentation. */
public final class ResultTable {

    private final List<ResultRow> rows = new ArrayList<>();

    public void add(List<ResultRow> suite) {
        rows.addAll(suite);
    }

    /** The Java version and the number of cores precede the table, because absolute figures depend on them. */
    public String render() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%nJava %s, %d cores; medians, ± half the spread%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        table.append(String.format(Locale.ROOT, "| what | per second | ± | ratio |%n|---|---:|---:|---|%n"));
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(ResultRow row) {
        String ratio =
                row.reference().isEmpty() ? "" : String.format(Locale.ROOT, "%.2f× %s", row.ratio(), row.reference());
        return String.format(
                Locale.ROOT, "| %s | %,.0f | %.0f %% | %s |%n", row.name(), row.perSecond(), 100 * row.spread(), ratio);
    }
}
