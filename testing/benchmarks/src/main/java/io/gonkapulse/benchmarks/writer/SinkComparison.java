package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.results.EffortLevel;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.ThroughputSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.springframework.boot.system.ApplicationHome;

/** Compares the service with the Debezium JDBC sink. Its libraries are separate, because it needs other versions. */
final class SinkComparison {

    private static final List<String> JVM_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    private static final int ENVELOPES = 200_000;
    private static final int MAX_ITERATIONS = 3;

    private final InstantSource clock;

    SinkComparison(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns each row of the peer, followed by the service compared with it. Returns no rows, and prints the reason,
     * if the libraries are missing.
     */
    List<ResultRow> run(EffortLevel effort, BenchmarkServers servers, SnapshotBacklog backlog, ResultRow service) {
        Path libraries = libraries();
        if (!Files.isDirectory(libraries)) {
            System.out.println("Skipped the Debezium JDBC sink: expected its libraries in " + libraries
                    + "; run ./mvnw -f testing/benchmarks/debezium-sink/pom.xml package.");
            return List.of();
        }
        SnapshotBacklog envelopes = new SnapshotBacklog(
                servers.bootstrapServers(), backlog.nodes(), Math.min(backlog.records(), ENVELOPES));
        DebeziumSink.publishEnvelopes(envelopes, clock);
        try (DebeziumSink sink = new DebeziumSink(
                libraries, JVM_OPTIONS, servers.bootstrapServers(), servers.jdbcUrl(), servers.directory("connect"))) {
            ResultRow best = measure("tuned", sink::runTuned, effort, backlog.records());
            ResultRow defaults = measure("with defaults", sink::runWithDefaults, effort, envelopes.records());
            return List.of(best, service.comparedWith(best), defaults, service.comparedWith(defaults));
        }
    }

    private static Path libraries() {
        Path defaultDirectory =
                new ApplicationHome(SinkComparison.class).getDir().toPath().resolve("debezium-sink");
        return Path.of(System.getProperty("benchmarks.writer.sink", defaultDirectory.toString()));
    }

    /** The first iteration only warms up. */
    private static ResultRow measure(String settings, IntToDoubleFunction run, EffortLevel effort, int records) {
        List<Double> rates = new ArrayList<>();
        for (int iteration = 0; iteration <= Math.min(effort.iterations(), MAX_ITERATIONS); iteration++) {
            rates.add(run.applyAsDouble(records));
        }
        String name =
                String.format(Locale.ROOT, "%,d snapshots: Debezium JDBC sink %s, two tasks (peer)", records, settings);
        return ResultRow.of(name, new ThroughputSamples(rates.subList(1, rates.size())));
    }
}
