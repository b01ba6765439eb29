package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.localservers.LocalDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The peer: the Debezium JDBC sink with two tasks. It upserts one row per node with the fields of its last snapshot:
 * no versions, no health, no names, no counts.
 */
final class DebeziumSink implements AutoCloseable {

    /** A separate topic, because the default converter expects a schema in every record. */
    private static final String ENVELOPES = "tracker.snapshots.enveloped";

    private static final int TASKS = 2;
    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private static final String TABLE = """
            create table if not exists debezium_sink (
                node text not null,
                epoch bigint not null,
                inferences bigint not null,
                status text not null,
                weight bigint,
                model text,
                tracker text not null,
                "fetchedAt" text not null,
                constraint debezium_sink_pkey primary key (node)
            )
            """;

    /** Keeps the rows, so that every upsert is an update, as in the service. */
    private static final String RESET = """
            update debezium_sink
               set inferences = -1
            """;

    /** The number of inferences equals the number of the poll, so this sum is the number of applied records. */
    private static final String APPLIED = """
            select coalesce(sum(inferences + 1), 0)
              from debezium_sink
            """;

    private static final String SCHEMA = """
            {"type":"struct","optional":false,"fields":[\
            {"field":"node","type":"string","optional":false},\
            {"field":"epoch","type":"int64","optional":false},\
            {"field":"inferences","type":"int64","optional":false},\
            {"field":"status","type":"string","optional":false},\
            {"field":"weight","type":"int64","optional":true},\
            {"field":"model","type":"string","optional":true},\
            {"field":"tracker","type":"string","optional":false},\
            {"field":"fetchedAt","type":"string","optional":false}]}""";

    /** The fastest of the tried settings; see the README. */
    private static final Map<String, String> TUNED = Map.of(
            "topics",
            KafkaTopic.SNAPSHOTS.name(),
            "value.converter",
            "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schema.content",
            SCHEMA,
            "use.reduction.buffer",
            "true",
            "dialect.postgres.unnest.insert.enabled",
            "true",
            "batch.size",
            Integer.getInteger("benchmarks.writer.sink.batch", 10_000).toString(),
            "consumer.override.max.poll.records",
            Integer.getInteger("benchmarks.writer.sink.poll", 50_000).toString(),
            "consumer.override.max.partition.fetch.bytes",
            String.valueOf(4 << 20));

    private static final Map<String, String> DEFAULTS = Map.of("topics", ENVELOPES);

    private final KafkaConnectWorker worker;
    private final String bootstrapServers;
    private final String jdbcUrl;
    private final SingleConnectionDataSource dataSource;
    private final JdbcTemplate jdbc;
    private int runs;

    DebeziumSink(Path libraries, List<String> jvmOptions, String bootstrapServers, String jdbcUrl, Path home) {
        this.worker = KafkaConnectWorker.start(libraries, jvmOptions, bootstrapServers, home);
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.dataSource = new SingleConnectionDataSource(jdbcUrl, LocalDatabase.USERNAME, "", true);
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(TABLE);
    }

    /** Publishes records in the sink's default format: each carries its schema. */
    static void publishEnvelopes(SnapshotBacklog backlog, InstantSource clock) {
        byte[] head = ("{\"schema\":" + SCHEMA + ",\"payload\":").getBytes(UTF_8);
        backlog.publish(clock, ENVELOPES, snapshot -> {
            ByteArrayOutputStream envelope = new ByteArrayOutputStream(head.length + snapshot.length + 1);
            envelope.writeBytes(head);
            envelope.writeBytes(snapshot);
            envelope.write('}');
            return envelope.toByteArray();
        });
    }

    /** Returns records per second with the best settings found. */
    double runTuned(int records) {
        return run(TUNED, records);
    }

    /** Returns records per second of the envelopes, with default settings. */
    double runWithDefaults(int records) {
        return run(DEFAULTS, records);
    }

    /** Creates a connector with a new consumer group, measures and deletes it. */
    private double run(Map<String, String> settings, int records) {
        jdbc.execute(RESET);
        jdbc.execute("vacuum analyze debezium_sink");
        String name = "sink-" + ++runs;
        Map<String, String> all = new HashMap<>(Map.of(
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "tasks.max", String.valueOf(TASKS),
                "connection.url", jdbcUrl,
                "connection.username", LocalDatabase.USERNAME,
                "connection.password", "",
                "insert.mode", "upsert",
                "primary.key.mode", "record_value",
                "primary.key.fields", "node",
                "quote.identifiers", "true",
                "collection.name.format", "debezium_sink"));
        all.putAll(settings);
        worker.create(name, all);
        try {
            String topic = settings.getOrDefault("topics", "");
            BenchmarkServers.awaitMembers(bootstrapServers, "connect-" + name, topic, TASKS);
            long before = awaitAppliedAbove(name, applied());
            long begin = System.nanoTime();
            awaitAppliedAbove(name, records - 1L);
            return (records - before) * 1e9 / (System.nanoTime() - begin);
        } finally {
            worker.delete(name);
        }
    }

    /** A failed task applies nothing, so the status is checked about once a second. */
    private long awaitAppliedAbove(String name, long records) {
        long applied = applied();
        for (int checks = 1; applied <= records; checks++) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            if (checks % 50 == 0) {
                worker.requireNoFailure(name);
            }
            applied = applied();
        }
        return applied;
    }

    private long applied() {
        Long applied = jdbc.queryForObject(APPLIED, Long.class);
        return applied == null ? 0 : applied;
    }

    @Override
    public void close() {
        worker.close();
        dataSource.destroy();
    }
}
