package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ProcessMemoryMonitor;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.earningsaggregator.rebuild.SnapshotTopicReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures a rebuild from an empty database to the swapped history, against two plain consumers and a Kafka Streams
 * job. The broker runs in its own JVM.
 */
public final class RebuildSuite {

    private static final int THREADS = 2;
    private static final Map<String, Object> LARGE_POLLS = Map.of("max.poll.records", 10_000);
    /** The default of the service; more rows spill into the database. */
    private static final int MAX_ROWS_IN_MEMORY = 250_000;

    private static final int ITERATIONS = 3;
    /** The peers take most of the time, so they can be skipped. */
    private static final boolean PEERS = !"none".equals(System.getProperty("benchmarks.rebuild.peers"));

    private static final List<Integer> NODES = List.of(1_000, 10_000, 100_000);

    private final InstantSource clock;
    private final List<MemoryFootprint> footprints = new ArrayList<>();

    public RebuildSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        long records = Long.getLong("benchmarks.rebuild.records", effort == EffortLevel.QUICK ? 50_000L : 5_000_000L);
        List<ResultRow> rows = new ArrayList<>();
        for (int nodes : sizes(effort)) {
            rows.addAll(run(effort, nodes, records));
        }
        return rows;
    }

    /** One size for explorative runs, all sizes by default. */
    private static List<Integer> sizes(EffortLevel effort) {
        @Nullable Integer configured = Integer.getInteger("benchmarks.rebuild.nodes");
        if (configured != null) {
            return List.of(configured);
        }
        return effort == EffortLevel.QUICK ? NODES.subList(0, 1) : NODES;
    }

    /** Peak heap of the rebuilds. */
    public List<MemoryFootprint> footprints() {
        return footprints;
    }

    private List<ResultRow> run(EffortLevel effort, int nodes, long records) {
        try (BenchmarkServers servers = BenchmarkServers.withTopics()) {
            new SyntheticPollGenerator(nodes, records).publish(servers.bootstrapServers());
            String data = String.format(Locale.ROOT, "%,d snapshots of %,d nodes: ", records, nodes);
            return new TopicMeasurement(data, records, servers).measure(effort);
        } catch (Exception e) {
            throw new IllegalStateException("Could not measure the rebuild", e);
        }
    }

    /** Measurements on one topic. */
    private final class TopicMeasurement {

        private final String label;
        private final long records;
        private final PGSimpleDataSource source;
        private final SnapshotTopicReader topic;
        private final RebuildRunner rebuilds;
        private final String servers;
        private final KafkaStreamsRollup databind;
        private final KafkaStreamsRollup ourReader;
        private final List<List<Double>> rates =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        TopicMeasurement(String label, long records, BenchmarkServers benchmarkServers) {
            SnapshotCodec codec = new SnapshotCodec();
            this.label = label;
            this.records = records;
            this.servers = benchmarkServers.bootstrapServers();
            this.source = benchmarkServers.dataSource();
            Path home = benchmarkServers.directory("streams");
            this.topic = new SnapshotTopicReader(
                    Map.of("bootstrap.servers", servers), KafkaTopic.SNAPSHOTS.name(), THREADS, 32 << 20);
            this.rebuilds = new RebuildRunner(
                    source, topic, "benchmark", KafkaTopic.SNAPSHOTS.name(), clock, MAX_ROWS_IN_MEMORY);
            this.databind =
                    new KafkaStreamsRollup(servers, home, THREADS, KafkaStreamsRollup.SnapshotValues::readWithDatabind);
            this.ourReader = new KafkaStreamsRollup(
                    servers, home, THREADS, json -> KafkaStreamsRollup.SnapshotValues.readWithOurReader(codec, json));
        }

        List<ResultRow> measure(EffortLevel effort) throws Exception {
            int iterations = effort == EffortLevel.QUICK ? 1 : ITERATIONS + 1;
            for (int iteration = 0; iteration < iterations; iteration++) {
                rates.get(0).add(new PlainTopicReader(KafkaTopic.SNAPSHOTS, servers, false, LARGE_POLLS).run(records));
                if (PEERS) {
                    rates.get(1).add(databind.measure(records, "databind-" + iteration));
                    rates.get(2).add(ourReader.measure(records, "our-reader-" + iteration));
                }
                truncateTables(source);
                ProcessMemoryMonitor memory = ProcessMemoryMonitor.start();
                rates.get(3).add(perSecond(records, () -> rebuild(rebuilds, records)));
                if (iteration == iterations - 1) {
                    footprints.add(new MemoryFootprint(label + "rebuilt", 0, memory.heapPeak(), 0, 0));
                }
            }
            ResultRow limit = row(0, "read by two plain consumers (limit)");
            ResultRow ours = row(3, "rebuilt");
            if (!PEERS) {
                return List.of(limit, ours.comparedWith(limit));
            }
            ResultRow peer = row(1, "Kafka Streams (peer)");
            ResultRow reading = row(2, "Kafka Streams with our reader (peer)");
            return List.of(
                    limit,
                    peer,
                    reading,
                    ours.comparedWith(limit),
                    ours.comparedWith(peer),
                    ours.comparedWith(reading));
        }

        private ResultRow row(int which, String name) {
            return ResultRow.of(label + name, withoutWarmup(rates.get(which)));
        }
    }

    /** Drops the first iteration, which only warms up. */
    private static List<Double> withoutWarmup(List<Double> rates) {
        return rates.size() == 1 ? rates : rates.subList(1, rates.size());
    }

    /** Runs once and returns records per second. */
    private static double perSecond(long records, Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return records * 1e9 / (System.nanoTime() - start);
    }

    /** Fails if the rebuild read another number of records or created no history. */
    private static RebuildReport rebuild(RebuildRunner rebuilds, long records) throws SQLException {
        RebuildReport report =
                rebuilds.run(new RebuildRequest(null, false), RebuildSuite::printProgress, difference -> {});
        if (report.records().read() != records || report.counts().added() == 0) {
            throw new IllegalStateException("Expected " + records + " records and a history, got " + report);
        }
        return report;
    }

    private static void printProgress(String line) {
        if (Boolean.getBoolean("benchmarks.rebuild.verbose")) {
            System.out.println(System.nanoTime() / 1_000_000 + " ms: " + line);
        }
    }

    /** Each iteration starts from an empty database, as a first rebuild does. */
    private static void truncateTables(PGSimpleDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate nodes, consumer_offsets cascade");
        }
    }
}
