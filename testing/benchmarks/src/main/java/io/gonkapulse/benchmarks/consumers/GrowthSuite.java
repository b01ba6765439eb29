package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.consumers.DrainWorkloadMain.Workload;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures the cost of a snapshot in the stats-writer for growing networks: a million snapshots each. */
public final class GrowthSuite {

    /** Constant, so that the cost per snapshot is comparable; only the share of mergeable snapshots changes. */
    private static final int RECORDS = 1_000_000;

    private static final List<Integer> NODES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_NODES = List.of(1_000, 10_000, 100_000);
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx1g", "-XX:+UseParallelGC");
    private static final int MAX_ITERATIONS = 3;

    private final InstantSource clock;

    public GrowthSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        List<ResultRow> rows = new ArrayList<>();
        for (int nodes : sizes(effort)) {
            ResultRow row = measure(nodes, Math.min(effort.iterations(), MAX_ITERATIONS));
            rows.add(rows.isEmpty() ? row : row.comparedWith(rows.get(0)));
        }
        return rows;
    }

    private static List<Integer> sizes(EffortLevel effort) {
        String configured = System.getProperty("benchmarks.growth.nodes");
        if (configured != null) {
            return Arrays.stream(configured.split(",")).map(Integer::valueOf).toList();
        }
        return effort == EffortLevel.QUICK ? QUICK_NODES : NODES;
    }

    /** The first iteration creates the nodes and warms up, so it does not count. */
    private ResultRow measure(int nodes, int iterations) {
        try (BenchmarkServers servers = BenchmarkServers.withoutTopics()) {
            new SnapshotBacklog(servers.bootstrapServers(), nodes, RECORDS).publish(clock);
            List<String> reports = DrainWorkloadMain.run(
                    DrainedService.STATS_WRITER, SERVICE_OPTIONS, servers, RECORDS, 1 + iterations, Workload.DRAIN);
            return ResultRow.of(
                    String.format(Locale.ROOT, "stats-writer, %,d nodes", nodes),
                    Workload.DRAIN.rates(reports).stream().skip(1).toList());
        }
    }
}
