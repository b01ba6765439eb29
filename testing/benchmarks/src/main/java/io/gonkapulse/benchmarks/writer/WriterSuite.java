package io.gonkapulse.benchmarks.writer;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.benchmarks.process.ForkClassPath;
import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.benchmarks.results.EffortLevel;
import io.gonkapulse.benchmarks.results.LatencySamples;
import io.gonkapulse.benchmarks.results.MemoryFootprint;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.ThroughputSamples;
import io.gonkapulse.benchmarks.writer.WriterWorkloadMain.Workload;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures draining a backlog with two consumers, beside consumers that only read or only parse; then memory and
 * visibility latency. Broker, database and measured programs are separate processes.
 */
public final class WriterSuite {

    private static final int FULL = 2_000_000;
    private static final int QUICK = 200_000;
    /** Probes from the service start on cover the warm-up of the JVM. */
    private static final int COLD_PROBES = 150;

    private static final int WARMUP_PROBES = 250;
    private static final int QUICK_PROBES = 250;
    private static final int PROBES = 1_000;
    private static final List<String> WORKLOAD_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    /** The heap of a small production instance. */
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final InstantSource clock;
    private final List<MemoryFootprint> footprints = new ArrayList<>();
    private final List<LatencySamples> latencies = new ArrayList<>();

    public WriterSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        int records = Integer.getInteger("benchmarks.writer.records", effort == EffortLevel.QUICK ? QUICK : FULL);
        try (BenchmarkServers benchmarkServers = new BenchmarkServers()) {
            String servers = benchmarkServers.bootstrapServers();
            String url = benchmarkServers.jdbcUrl();
            SnapshotBacklog backlog = new SnapshotBacklog(servers, SnapshotBacklog.NODES, records);
            backlog.publish(clock);
            Map<Workload, ResultRow> results = runWorkloads(effort, records, servers, url);
            ResultRow drained = row(results, Workload.DRAIN);
            List<ResultRow> rows = new ArrayList<>(List.of(row(results, Workload.READ), row(results, Workload.PARSE)));
            rows.add(drained.comparedWith(row(results, Workload.PARSE)));
            rows.add(drained.comparedWith(row(results, Workload.READ)));
            rows.addAll(new SinkComparison(clock).run(effort, benchmarkServers, backlog, drained));
            measureFootprint(records, 4, servers, url);
            measureFootprint(records, 1, servers, url);
            measureVisibility(effort, servers, url);
            return rows;
        }
    }

    private static ResultRow row(Map<Workload, ResultRow> results, Workload workload) {
        return requireNonNull(results.get(workload));
    }

    /** Memory footprints of the last run. */
    public List<MemoryFootprint> footprints() {
        return List.copyOf(footprints);
    }

    /** Visibility latencies of the last run. */
    public List<LatencySamples> latencies() {
        return List.copyOf(latencies);
    }

    private static Map<Workload, ResultRow> runWorkloads(EffortLevel effort, int records, String servers, String url) {
        List<String> reports;
        try (ForkedProcess program = ForkedProcess.start(
                WORKLOAD_OPTIONS,
                WriterWorkloadMain.class,
                servers,
                url,
                String.valueOf(records),
                String.valueOf(effort.warmupIterations() + effort.iterations()))) {
            reports = program.allReports();
        }
        String backlog = String.format(Locale.ROOT, "%,d snapshots: ", records);
        Map<Workload, ResultRow> rows = new EnumMap<>(Workload.class);
        for (Workload workload : Workload.values()) {
            rows.put(workload, row(backlog, workload, reports, effort));
        }
        return rows;
    }

    private static ResultRow row(String backlog, Workload workload, List<String> reports, EffortLevel effort) {
        List<Double> rates = reports.stream()
                .filter(line -> line.startsWith(workload + " "))
                .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                .skip(effort.warmupIterations())
                .toList();
        return ResultRow.of(backlog + workload.label(), new ThroughputSamples(rates));
    }

    private void measureFootprint(int records, int fraction, String servers, String url) {
        new DrainRunner(servers, url).rewindOffsets(fraction);
        try (ForkedProcess program =
                ForkedProcess.start(SERVICE_OPTIONS, DrainFootprintMain.class, servers, url, String.valueOf(records))) {
            String[] bytes = program.nextReport().split(" ", 2);
            String name = String.format(
                    Locale.ROOT, "stats-writer, a backlog of %,d, %s", records / fraction, SERVICE_OPTIONS.get(0));
            footprints.add(new MemoryFootprint(name, 0, Long.parseLong(bytes[0]), Long.parseLong(bytes[1]), 0));
        }
    }

    private void measureVisibility(EffortLevel effort, String servers, String url) {
        new DrainRunner(servers, url).checkpoint();
        try (ForkedProcess service = ForkedProcess.start(SERVICE_OPTIONS, StatsWriterServiceMain.class, servers, url)) {
            service.nextReport();
            VisibilityProbe probe = new VisibilityProbe(servers, url, clock);
            latencies.add(probe.measure("from service start", COLD_PROBES));
            probe.measure("warm-up", WARMUP_PROBES);
            latencies.add(probe.measure("warm", effort == EffortLevel.QUICK ? QUICK_PROBES : PROBES));
        }
    }
}
