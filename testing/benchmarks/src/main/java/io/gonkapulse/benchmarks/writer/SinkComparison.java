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

/** The service beside the Debezium JDBC sink, which is not among this program's libraries. */
final class SinkComparison {

    private static final List<String> JVM_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    private static final int ENVELOPES = 200_000;
    private static final int MAX_ITERATIONS = 3;

    private final InstantSource clock;

    SinkComparison(InstantSource clock) {
        this.clock = clock;
    }

    /** Rows of the peer, each followed by the service compared with it; none, and a word of why, if the peer is not there. */
    List<ResultRow> run(EffortLevel effort, BenchmarkServers servers, SnapshotBacklog backlog, ResultRow service) {
        Path libraries = libraries();
        if (!Files.isDirectory(libraries)) {
            System.out.println("The Debezium JDBC sink is not measured: expected its libraries in " + libraries
                    + "; ./mvnw -f testing/benchmarks/debezium-sink/pom.xml package lays them there.");
            return List.of();
        }
        SnapshotBacklog envelopes = new SnapshotBacklog(
                servers.bootstrapServers(), backlog.nodes(), Math.min(backlog.records(), ENVELOPES));
        DebeziumSink.publishEnvelopes(envelopes, clock);
        try (DebeziumSink sink = new DebeziumSink(
                libraries, JVM_OPTIONS, servers.bootstrapServers(), servers.jdbcUrl(), servers.directory("connect"))) {
            ResultRow best = measure("at its best", sink::runTuned, effort, backlog.records());
            ResultRow defaults = measure("at its defaults", sink::runWithDefaults, effort, envelopes.records());
            return List.of(best, service.comparedWith(best), defaults, service.comparedWith(defaults));
        }
    }

    private static Path libraries() {
        Path defaultDirectory =
                new ApplicationHome(SinkComparison.class).getDir().toPath().resolve("debezium-sink");
        return Path.of(System.getProperty("benchmarks.writer.sink", defaultDirectory.toString()));
    }

    /** The first round warms up. */
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
