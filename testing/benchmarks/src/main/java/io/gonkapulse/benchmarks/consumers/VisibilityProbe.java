package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.LatencySamples;
import io.gonkapulse.localservers.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Measures the time from sending a record until a query finds it in the database, under load. */
final class VisibilityProbe {

    private static final long BURST_INTERVAL_NANOS = Duration.ofMillis(10).toNanos();
    /** The resolution of the result; shorter intervals would load the database. */
    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(2).toNanos();

    private static final long PROBE_INTERVAL_NANOS = Duration.ofMillis(40).toNanos();
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos();

    private final String bootstrapServers;
    private final String jdbcUrl;
    private final LiveLoad load;

    VisibilityProbe(String bootstrapServers, String jdbcUrl, LiveLoad load) {
        this.bootstrapServers = bootstrapServers;
        this.jdbcUrl = jdbcUrl;
        this.load = load;
    }

    /** Sends the probes one after the other. Returns nothing if one is not visible within 30 seconds. */
    Optional<LatencySamples> measure(String when, int probes) {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread sender = new Thread(() -> send(running), "load");
        sender.start();
        try (Producer<byte[], byte[]> producer = producer(0);
                Connection connection = DriverManager.getConnection(jdbcUrl, LocalDatabase.USERNAME, "");
                PreparedStatement query = connection.prepareStatement(load.query())) {
            List<Double> times = new ArrayList<>();
            for (int probe = 0; probe < probes; probe++) {
                double millis = probe(producer, query);
                if (Double.isNaN(millis)) {
                    return Optional.empty();
                }
                times.add(millis);
                LockSupport.parkNanos(PROBE_INTERVAL_NANOS);
            }
            return Optional.of(new LatencySamples(
                    "sent until visible, under %,d %s a second, %s".formatted(load.perSecond(), load.noun(), when),
                    times));
        } catch (SQLException e) {
            throw new IllegalStateException("Could not query the probes", e);
        } finally {
            running.set(false);
        }
    }

    private Producer<byte[], byte[]> producer(int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        lingerMillis),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns milliseconds, NaN if the record is not visible in time. */
    private double probe(Producer<byte[], byte[]> producer, PreparedStatement query) throws SQLException {
        ProducerRecord<byte[], byte[]> probe = load.nextProbe(query);
        long begin = System.nanoTime();
        producer.send(probe).isDone();
        while (!isVisible(query)) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            if (System.nanoTime() - begin > TIMEOUT_NANOS) {
                return Double.NaN;
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
    private void send(AtomicBoolean running) {
        int perBurst = (int)
                (load.perSecond() * BURST_INTERVAL_NANOS / Duration.ofSeconds(1).toNanos());
        long next = System.nanoTime();
        // A burst in one request: the load must not cost more than what it measures.
        try (Producer<byte[], byte[]> producer = producer(load.lingerMillis())) {
            while (running.get()) {
                for (int i = 0; i < perBurst; i++) {
                    producer.send(load.next()).isDone();
                }
                next += BURST_INTERVAL_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Records at a fixed rate, and how to find one of them. */
    interface LiveLoad {

        /** What the records are, for the name of the result. */
        String noun();

        int perSecond();

        /** How long the load's producer waits for more records. */
        int lingerMillis();

        /** Called by one thread. */
        ProducerRecord<byte[], byte[]> next();

        /** Finds the probe if it is visible. */
        String query();

        /** Creates a probe and binds the parameters of its query. Called by one thread. */
        ProducerRecord<byte[], byte[]> nextProbe(PreparedStatement query) throws SQLException;
    }
}
