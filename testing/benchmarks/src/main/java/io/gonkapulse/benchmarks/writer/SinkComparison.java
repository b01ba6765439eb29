package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
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
    private static final int MOST_ROUNDS = 3;

    private final InstantSource clock;

    SinkComparison(InstantSource clock) {
        this.clock = clock;
    }

    /** Rows of the peer, each followed by the service compared with it; none, and a word of why, if the peer is not there. */
    List<ResultRow> run(Effort effort, Stage stage, Backlog backlog, ResultRow service) {
        Path libraries = libraries();
        if (!Files.isDirectory(libraries)) {
            System.out.println("The Debezium JDBC sink is not measured: expected its libraries in " + libraries
                    + "; ./mvnw -f testing/benchmarks/debezium-sink/pom.xml package lays them there.");
            return List.of();
        }
        Backlog envelopes =
                new Backlog(stage.bootstrapServers(), backlog.nodes(), Math.min(backlog.records(), ENVELOPES));
        DebeziumSink.makeEnvelopes(envelopes, clock);
        try (DebeziumSink sink = new DebeziumSink(
                libraries, JVM_OPTIONS, stage.bootstrapServers(), stage.jdbcUrl(), stage.room("connect"))) {
            ResultRow best = measure("at its best", sink::runAtBest, effort, backlog.records());
            ResultRow defaults = measure("at its defaults", sink::runAtDefaults, effort, envelopes.records());
            return List.of(best, service.comparedWith(best), defaults, service.comparedWith(defaults));
        }
    }

    private static Path libraries() {
        Path beside =
                new ApplicationHome(SinkComparison.class).getDir().toPath().resolve("debezium-sink");
        return Path.of(System.getProperty("benchmarks.writer.sink", beside.toString()));
    }

    /** The first round warms up. */
    private static ResultRow measure(String how, IntToDoubleFunction run, Effort effort, int records) {
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= Math.min(effort.rounds(), MOST_ROUNDS); round++) {
            rates.add(run.applyAsDouble(records));
        }
        String name =
                String.format(Locale.ROOT, "%,d snapshots: Debezium JDBC sink %s, two tasks (peer)", records, how);
        return ResultRow.of(name, new Rounds(rates.subList(1, rates.size())));
    }
}
