package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.Rounds;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRequest;
import io.gonkapulse.earningsaggregator.rebuild.Rebuilds;
import io.gonkapulse.earningsaggregator.rebuild.RecordSink;
import io.gonkapulse.earningsaggregator.rebuild.TopicReplayListener;
import io.gonkapulse.migrations.Migrations;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalBroker;
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

/** A rebuild, from an empty database to a history in place, against two consumers that only drain the topic. */
public final class RebuildSuite {

    private static final int THREADS = 2;
    private static final int KEYS_IN_MEMORY = 250_000;
    private static final int NODES = Integer.getInteger("benchmarks.rebuild.nodes", 10_000);

    private final InstantSource clock;

    public RebuildSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(Effort effort) {
        long records = Long.getLong("benchmarks.rebuild.records", effort == Effort.QUICK ? 50_000L : 2_000_000L);
        try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "rebuild");
                LocalBroker broker = new LocalBroker(home.path().resolve("kafka"), 0).start();
                LocalDatabase database = LocalDatabase.durable(home.path().resolve("postgres"), 0)
                        .start()) {
            new SyntheticPolls(NODES, records).publish(broker.bootstrapServers());
            return measure(effort, records, broker, source(database));
        } catch (Exception e) {
            throw new IllegalStateException("The rebuild could not be measured", e);
        }
    }

    private List<ResultRow> measure(Effort effort, long records, LocalBroker broker, PGSimpleDataSource source)
            throws Exception {
        TopicReplayListener topic = new TopicReplayListener(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Topic.SNAPSHOTS.name(), THREADS);
        Rebuilds rebuilds = new Rebuilds(source, topic, "benchmark", Topic.SNAPSHOTS.name(), clock, KEYS_IN_MEMORY);
        List<Double> drained = new ArrayList<>();
        List<Double> rebuilt = new ArrayList<>();
        int rounds = effort == Effort.QUICK ? 1 : effort.rounds() + 1;
        for (int round = 0; round < rounds; round++) {
            drained.add(perSecond(records, () -> drain(topic)));
            empty(source);
            rebuilt.add(perSecond(records, () -> rebuild(rebuilds, records)));
        }
        String data = String.format(Locale.ROOT, "%,d snapshots of %,d nodes: ", records, NODES);
        ResultRow limit = ResultRow.of(data + "drained by two consumers (limit)", new Rounds(warm(drained)));
        return List.of(
                limit, ResultRow.of(data + "rebuilt", new Rounds(warm(rebuilt))).comparedWith(limit));
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

    private static long drain(TopicReplayListener topic) {
        topic.read(Map.of(), topic.end(), () -> new RecordSink() {
            private long bytes;

            @Override
            public void take(byte @Nullable [] value) {
                bytes += value == null ? 0 : value.length;
            }

            @Override
            public void close() {
                if (bytes == 0) {
                    throw new IllegalStateException("Expected records, got none");
                }
            }
        });
        return 0;
    }

    private static RebuildReport rebuild(Rebuilds rebuilds, long records) throws SQLException {
        RebuildReport report = rebuilds.run(new RebuildRequest(null, false), line -> {}, difference -> {});
        if (report.records() != records || report.counts().added() == 0) {
            throw new IllegalStateException("Expected " + records + " records and a history, got " + report);
        }
        return report;
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
