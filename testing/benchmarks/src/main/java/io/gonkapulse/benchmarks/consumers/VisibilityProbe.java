package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.benchmarks.harness.LatencySamples;
import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Measures the time from sending a snapshot until a query finds it in the database, under load. */
final class VisibilityProbe {

    /** The load of 60,000 nodes that are polled every minute. */
    static final int PER_SECOND = 1_000;

    private static final long BURST_INTERVAL_NANOS = Duration.ofMillis(10).toNanos();
    /** The resolution of the result; shorter intervals would load the database. */
    private static final long CHECK_INTERVAL_NANOS = Duration.ofNanos(500_000).toNanos();

    private static final long PROBE_INTERVAL_NANOS = Duration.ofMillis(40).toNanos();
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos();

    private static final String FIND_SNAPSHOT = """
            select 1
              from nodes node
              join node_stats_cache stats on stats.node_id = node.id
             where node.identifier = ?
               and stats.fetched_at = ?
            """;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final String bootstrapServers;
    private final String jdbcUrl;
    private final InstantSource clock;

    VisibilityProbe(String bootstrapServers, String jdbcUrl, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.clock = clock;
    }

    /** Sends the probes one after the other. */
    LatencySamples measure(String when, int probes) {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread load = new Thread(() -> load(running), "load");
        load.start();
        try (Producer<byte[], byte[]> producer = producer();
                Connection connection = DriverManager.getConnection(jdbcUrl, LocalDatabase.USERNAME, "");
                PreparedStatement query = connection.prepareStatement(FIND_SNAPSHOT)) {
            List<Double> times = new ArrayList<>();
            for (int probe = 0; probe < probes; probe++) {
                times.add(probe(producer, query, TestMessages.node(SnapshotBacklog.NODES + probe % 100)));
                LockSupport.parkNanos(PROBE_INTERVAL_NANOS);
            }
            return new LatencySamples(
                    "sent until visible, under %,d snapshots a second, %s".formatted(PER_SECOND, when), times);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not query the probes", e);
        } finally {
            running.set(false);
        }
    }

    /** No linger: the producer must not add to the latency. */
    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns milliseconds. */
    private double probe(Producer<byte[], byte[]> producer, PreparedStatement query, NodeIdentifier node)
            throws SQLException {
        Instant fetchedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ProducerRecord<byte[], byte[]> snapshot = snapshot(node, fetchedAt);
        query.setString(1, node.value());
        query.setTimestamp(2, Timestamp.from(fetchedAt));
        long begin = System.nanoTime();
        producer.send(snapshot).isDone();
        while (!isVisible(query)) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            if (System.nanoTime() - begin > TIMEOUT_NANOS) {
                throw new IllegalStateException("Expected the snapshot of " + node + " to become visible");
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static boolean isVisible(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** Publishes bursts every 10 ms until {@code running} is false. */
    private void load(AtomicBoolean running) {
        int perBurst =
                (int) (PER_SECOND * BURST_INTERVAL_NANOS / Duration.ofSeconds(1).toNanos());
        long next = System.nanoTime();
        int sent = 0;
        try (Producer<byte[], byte[]> producer = producer()) {
            while (running.get()) {
                for (int i = 0; i < perBurst; i++) {
                    producer.send(snapshot(TestMessages.node(sent++ % SnapshotBacklog.NODES), clock.instant()))
                            .isDone();
                }
                next += BURST_INTERVAL_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private ProducerRecord<byte[], byte[]> snapshot(NodeIdentifier node, Instant at) {
        return new ProducerRecord<>(
                KafkaTopic.SNAPSHOTS.name(),
                node.value().getBytes(US_ASCII),
                codec.encode(TestMessages.live()
                        .node(node)
                        .fetchedAt(at)
                        .observedAt(at)
                        .build()));
    }
}
