package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.poller.BrokerMain;
import io.gonkapulse.benchmarks.poller.HeapWatch;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.Footprint;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.EarningsReader;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRequest;
import io.gonkapulse.earningsaggregator.rebuild.Rebuilds;
import io.gonkapulse.earningsaggregator.rebuild.TopicReplayListener;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalDatabase;
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
 * A rebuild, from an empty database to a history in place, against two consumers that only drain the topic, and against a
 * Kafka Streams job. The broker has a JVM of its own.
 */
public final class RebuildSuite {

    private static final int THREADS = 2;
    private static final int KEYS_IN_MEMORY = 250_000;
    private static final int ROUNDS = 3;
    private static final boolean PEERS = !"none".equals(System.getProperty("benchmarks.rebuild.peers"));
    private static final List<Integer> NODES = List.of(1_000, 10_000, 100_000);

    private final InstantSource clock;
    private final List<Footprint> footprints = new ArrayList<>();

    public RebuildSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        ForkClassPath.prepare();
        long records = Long.getLong("benchmarks.rebuild.records", effort == Effort.QUICK ? 50_000L : 5_000_000L);
        List<ResultRow> rows = new ArrayList<>();
        for (int nodes : sizes(effort)) {
            rows.addAll(run(effort, nodes, records));
        }
        return rows;
    }

    private static List<Integer> sizes(Effort effort) {
        @Nullable Integer asked = Integer.getInteger("benchmarks.rebuild.nodes");
        if (asked != null) {
            return List.of(asked);
        }
        return effort == Effort.QUICK ? NODES.subList(0, 1) : NODES;
    }

    /** How much memory the rebuilds took. */
    public List<Footprint> footprints() {
        return footprints;
    }

    private List<ResultRow> run(Effort effort, int nodes, long records) {
        try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "rebuild");
                ForkedProgram broker = ForkedProgram.start(
                        List.of("-Xmx512m"),
                        BrokerMain.class,
                        home.path().resolve("kafka").toString());
                LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
                        .start()) {
            String servers = broker.hear();
            new SyntheticPolls(nodes, records).publish(servers);
            String data = String.format(Locale.ROOT, "%,d snapshots of %,d nodes: ", records, nodes);
            return new Rows(data, records, servers, home.path(), source(database)).measure(effort);
        } catch (Exception e) {
            throw new IllegalStateException("The rebuild could not be measured", e);
        }
    }

    /** One topic, and what is measured on it. */
    private final class Rows {

        private final String data;
        private final long records;
        private final PGSimpleDataSource source;
        private final TopicReplayListener topic;
        private final Rebuilds rebuilds;
        private final String servers;
        private final StreamsRollUp databind;
        private final StreamsRollUp ourReader;
        private final List<List<Double>> measured =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        Rows(String data, long records, String servers, Path home, PGSimpleDataSource source) {
            EarningsReader reader = new EarningsReader();
            this.data = data;
            this.records = records;
            this.servers = servers;
            this.source = source;
            this.topic = new TopicReplayListener(
                    Map.of("bootstrap.servers", servers), Topic.SNAPSHOTS.name(), THREADS, 32 << 20);
            this.rebuilds = new Rebuilds(source, topic, "benchmark", Topic.SNAPSHOTS.name(), clock, KEYS_IN_MEMORY);
            this.databind = new StreamsRollUp(servers, home, THREADS, StreamsRollUp.Reading::byDatabind);
            this.ourReader =
                    new StreamsRollUp(servers, home, THREADS, json -> StreamsRollUp.Reading.byOurs(reader, json));
        }

        List<ResultRow> measure(Effort effort) throws Exception {
            int rounds = effort == Effort.QUICK ? 1 : ROUNDS + 1;
            for (int round = 0; round < rounds; round++) {
                measured.get(0).add(perSecond(records, () -> new PlainDrain(servers, THREADS).run(records)));
                if (PEERS) {
                    measured.get(1).add(databind.measure(records, "databind-" + round));
                    measured.get(2).add(ourReader.measure(records, "our-reader-" + round));
                }
                empty(source);
                HeapWatch watch = HeapWatch.start();
                measured.get(3).add(perSecond(records, () -> rebuild(rebuilds, records)));
                if (round == rounds - 1) {
                    footprints.add(new Footprint(data + "rebuilt", 0, watch.peak(), 0, 0));
                }
            }
            ResultRow limit = row(0, "drained by two consumers (limit)");
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
            return ResultRow.of(data + name, new Rounds(warm(measured.get(which))));
        }
    }

    /** The first round only warms up. */
    private static List<Double> warm(List<Double> rounds) {
        return rounds.size() == 1 ? rounds : rounds.subList(1, rounds.size());
    }

    private static double perSecond(long records, Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return records * 1e9 / (System.nanoTime() - start);
    }

    private static RebuildReport rebuild(Rebuilds rebuilds, long records) throws SQLException {
        RebuildReport report = rebuilds.run(new RebuildRequest(null, false), RebuildSuite::say, difference -> {});
        if (report.records().read() != records || report.counts().added() == 0) {
            throw new IllegalStateException("Expected " + records + " records and a history, got " + report);
        }
        return report;
    }

    private static void say(String line) {
        if (Boolean.getBoolean("benchmarks.rebuild.say")) {
            System.out.println(System.nanoTime() / 1_000_000 + " ms: " + line);
        }
    }

    private static PGSimpleDataSource source(LocalDatabase database) {
        database.createDatabaseUnlessThere("benchmark");
        Migrations.migrate(
                DatabaseSettings.of(database.host(), database.port(), "benchmark", LocalDatabase.USERNAME, null),
                line -> {});
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl("benchmark"));
        source.setUser(LocalDatabase.USERNAME);
        return source;
    }

    private static void empty(PGSimpleDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate nodes, consumer_offsets cascade");
        }
    }
}
