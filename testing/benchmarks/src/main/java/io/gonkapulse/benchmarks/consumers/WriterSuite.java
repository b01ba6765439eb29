package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.consumers.DrainWorkloadMain.Workload;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.LatencySamples;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.springframework.boot.system.ApplicationHome;

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
    /** The heap of a small production instance. */
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private static final List<String> SINK_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    private static final int ENVELOPES = 200_000;
    private static final int MAX_SINK_ITERATIONS = 3;

    private final InstantSource clock;
    private final List<MemoryFootprint> footprints = new ArrayList<>();
    private final List<LatencySamples> latencies = new ArrayList<>();

    public WriterSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        int records = Integer.getInteger("benchmarks.writer.records", effort == EffortLevel.QUICK ? QUICK : FULL);
        try (BenchmarkServers servers = BenchmarkServers.withoutTopics()) {
            SnapshotBacklog backlog = new SnapshotBacklog(servers.bootstrapServers(), SnapshotBacklog.NODES, records);
            backlog.publish(clock);
            List<ResultRow> rows = new ArrayList<>(DrainWorkloadMain.compare(
                    DrainedService.STATS_WRITER,
                    String.format(Locale.ROOT, "%,d snapshots", records),
                    effort,
                    records,
                    servers));
            ResultRow drained = rows.get(rows.size() - 1);
            rows.addAll(compareWithSink(effort, servers, backlog, drained));
            measureFootprint(records, 4, servers);
            measureFootprint(records, 1, servers);
            measureVisibility(effort, servers);
            return rows;
        }
    }

    /** Memory footprints of the last run. */
    public List<MemoryFootprint> footprints() {
        return List.copyOf(footprints);
    }

    /** Visibility latencies of the last run. */
    public List<LatencySamples> latencies() {
        return List.copyOf(latencies);
    }

    /**
     * Compares the service with the Debezium JDBC sink, whose libraries are separate because it needs other versions.
     * Returns each row of the peer, followed by the service compared with it. Returns no rows, and prints the reason,
     * if the libraries are missing.
     */
    private List<ResultRow> compareWithSink(
            EffortLevel effort, BenchmarkServers servers, SnapshotBacklog backlog, ResultRow service) {
        Path libraries = sinkLibraries();
        if (!Files.isDirectory(libraries)) {
            System.out.println("Skipped the Debezium JDBC sink: expected its libraries in " + libraries
                    + "; run ./mvnw -f testing/benchmarks/debezium-sink/pom.xml package.");
            return List.of();
        }
        SnapshotBacklog envelopes = new SnapshotBacklog(
                servers.bootstrapServers(), backlog.nodes(), Math.min(backlog.records(), ENVELOPES));
        DebeziumSink.publishEnvelopes(envelopes, clock);
        try (DebeziumSink sink = new DebeziumSink(
                libraries, SINK_OPTIONS, servers.bootstrapServers(), servers.jdbcUrl(), servers.directory("connect"))) {
            ResultRow best = measureSink("tuned", sink::runTuned, effort, backlog.records());
            ResultRow defaults = measureSink("with defaults", sink::runWithDefaults, effort, envelopes.records());
            return List.of(best, service.comparedWith(best), defaults, service.comparedWith(defaults));
        }
    }

    private static Path sinkLibraries() {
        Path defaultDirectory =
                new ApplicationHome(WriterSuite.class).getDir().toPath().resolve("debezium-sink");
        return Path.of(System.getProperty("benchmarks.writer.sink", defaultDirectory.toString()));
    }

    /** The first iteration only warms up. */
    private static ResultRow measureSink(String settings, IntToDoubleFunction run, EffortLevel effort, int records) {
        List<Double> rates = new ArrayList<>();
        for (int iteration = 0; iteration <= Math.min(effort.iterations(), MAX_SINK_ITERATIONS); iteration++) {
            rates.add(run.applyAsDouble(records));
        }
        String name =
                String.format(Locale.ROOT, "%,d snapshots: Debezium JDBC sink %s, two tasks (peer)", records, settings);
        return ResultRow.of(name, rates.subList(1, rates.size()));
    }

    /** Rewinds a drained backlog by this fraction and measures the service alone in its JVM while it drains the rest. */
    private void measureFootprint(int records, int fraction, BenchmarkServers servers) {
        try (DrainRunner runner =
                new DrainRunner(DrainedService.STATS_WRITER, servers.bootstrapServers(), servers.jdbcUrl())) {
            runner.rewindOffsets(fraction);
        }
        List<String> reports = DrainWorkloadMain.run(
                DrainedService.STATS_WRITER, SERVICE_OPTIONS, servers, records, 1, Workload.DRAIN_REST);
        String name = String.format(
                Locale.ROOT, "stats-writer, a backlog of %,d, %s", records / fraction, SERVICE_OPTIONS.get(0));
        footprints.add(DrainWorkloadMain.footprint(name, reports));
    }

    private void measureVisibility(EffortLevel effort, BenchmarkServers servers) {
        try (DrainRunner runner =
                        new DrainRunner(DrainedService.STATS_WRITER, servers.bootstrapServers(), servers.jdbcUrl());
                ForkedProcess service = runner.startService(SERVICE_OPTIONS)) {
            service.nextReport();
            VisibilityProbe probe =
                    new VisibilityProbe(servers.bootstrapServers(), servers.jdbcUrl(), new SnapshotLoad(clock));
            latencies.add(probe.measure("from service start", COLD_PROBES).orElseThrow());
            probe.measure("warm-up", WARMUP_PROBES);
            latencies.add(probe.measure("warm", effort == EffortLevel.QUICK ? QUICK_PROBES : PROBES)
                    .orElseThrow());
        }
    }
}
