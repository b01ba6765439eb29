package io.gonkapulse.benchmarks.earnings;

import java.util.List;
import java.util.Locale;

/** Costs as a Markdown table. */
final class LiveCostTable {

    private final List<LiveCost> rows;

    LiveCostTable(List<LiveCost> rows) {
        this.rows = List.copyOf(rows);
    }

    String render() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%n| earnings-aggregator, live | snapshots a second | service, %% of one core | service, µs a snapshot "
                        + "| PostgreSQL, µs a snapshot | max lag, records | backlog applied after, s "
                        + "| history verified after, s |%n"
                        + "|---|---:|---:|---:|---:|---:|---:|---:|%n"));
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(LiveCost row) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.0f | %.0f | %,d | %.1f | %.1f |%n",
                row.label(),
                row.perSecond(),
                100 * row.serviceCpuShare(),
                row.serviceMicros(),
                row.databaseMicros(),
                row.maxLag(),
                row.backlogTime().toMillis() / 1e3,
                row.verificationTime().toMillis() / 1e3);
    }
}
