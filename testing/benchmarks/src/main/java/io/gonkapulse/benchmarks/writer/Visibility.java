package io.gonkapulse.benchmarks.writer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.benchmarks.results.Latency;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.gonkapulse.testkit.messages.Messages;
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

/** How long after it was sent a snapshot stands in the database, while others keep coming. */
final class Visibility {

    static final int PER_SECOND = 1_000;

    private static final long BETWEEN_BURSTS = Duration.ofMillis(10).toNanos();
    private static final long BETWEEN_LOOKS = Duration.ofNanos(500_000).toNanos();
    private static final long BETWEEN_PROBES = Duration.ofMillis(40).toNanos();
    private static final long LOST = Duration.ofSeconds(30).toNanos();

    private static final String LOOK = """
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

    Visibility(String bootstrapServers, String jdbcUrl, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.clock = clock;
    }

    /** So many, one after the other. */
    Latency measure(String when, int probes) {
        AtomicBoolean on = new AtomicBoolean(true);
        Thread load = new Thread(() -> load(on), "load");
        load.start();
        try (Producer<byte[], byte[]> producer = producer();
                Connection connection = DriverManager.getConnection(jdbcUrl, LocalDatabase.USERNAME, "");
                PreparedStatement look = connection.prepareStatement(LOOK)) {
            List<Double> times = new ArrayList<>();
            for (int probe = 0; probe < probes; probe++) {
                times.add(probe(producer, look, Messages.node(Backlog.NODES + probe % 100)));
                LockSupport.parkNanos(BETWEEN_PROBES);
            }
            return new Latency(
                    "sent until visible, under %,d snapshots a second, %s".formatted(PER_SECOND, when), times);
        } catch (SQLException e) {
            throw new IllegalStateException("The probes could not be looked for", e);
        } finally {
            on.set(false);
        }
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** In milliseconds. */
    private double probe(Producer<byte[], byte[]> producer, PreparedStatement look, NodeIdentifier node)
            throws SQLException {
        Instant mark = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ProducerRecord<byte[], byte[]> snapshot = snapshot(node, mark);
        look.setString(1, node.value());
        look.setTimestamp(2, Timestamp.from(mark));
        long begin = System.nanoTime();
        producer.send(snapshot).isDone();
        while (!isThere(look)) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            if (System.nanoTime() - begin > LOST) {
                throw new IllegalStateException("Expected the snapshot of " + node + " to become visible");
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static boolean isThere(PreparedStatement look) throws SQLException {
        try (ResultSet rows = look.executeQuery()) {
            return rows.next();
        }
    }

    private void load(AtomicBoolean on) {
        int perBurst =
                (int) (PER_SECOND * BETWEEN_BURSTS / Duration.ofSeconds(1).toNanos());
        long next = System.nanoTime();
        int sent = 0;
        try (Producer<byte[], byte[]> producer = producer()) {
            while (on.get()) {
                for (int i = 0; i < perBurst; i++) {
                    producer.send(snapshot(Messages.node(sent++ % Backlog.NODES), clock.instant()))
                            .isDone();
                }
                next += BETWEEN_BURSTS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private ProducerRecord<byte[], byte[]> snapshot(NodeIdentifier node, Instant at) {
        return new ProducerRecord<>(
                Topic.SNAPSHOTS.name(),
                node.value().getBytes(US_ASCII),
                codec.encode(
                        Messages.live().node(node).fetchedAt(at).observedAt(at).build()));
    }
}
