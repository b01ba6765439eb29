package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.KafkaTopic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Observes the consumer's lag and the processor time of PostgreSQL from outside the service. */
final class LiveConsumerMonitor implements AutoCloseable {

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

    /** End offsets and applied offsets are read one after the other; records that arrive in between are no lag. */
    private static final long CAUGHT_UP_LAG = SnapshotLoadGenerator.PER_SECOND;

    private static final String APPLIED = """
            select coalesce(sum(next_offset), 0)
              from consumer_offsets
             where topic = 'tracker.snapshots'
            """;

    private static final String BACKEND_PID = """
            select pg_backend_pid()
            """;

    private final List<TopicPartition> partitions = IntStream.range(0, KafkaTopic.SNAPSHOTS.partitions())
            .mapToObj(partition -> new TopicPartition(KafkaTopic.SNAPSHOTS.name(), partition))
            .toList();
    private final Connection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ProcessHandle postmaster;

    LiveConsumerMonitor(String jdbcUrl, String username, String bootstrapServers) throws SQLException {
        this.connection = DriverManager.getConnection(jdbcUrl, username, "");
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.postmaster = ProcessHandle.of(queryLong(BACKEND_PID))
                .flatMap(ProcessHandle::parent)
                .orElseThrow(() ->
                        new IllegalStateException("Could not find PostgreSQL's process: it must run on this machine"));
    }

    /** Waits until the lag is below one second of load. */
    void awaitCaughtUp() throws SQLException {
        while (lag() >= CAUGHT_UP_LAG) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
    }

    /** Samples four times a second and returns the largest lag in records. */
    long maxLagDuring(Duration time) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long max = 0;
        while (System.nanoTime() < end) {
            max = Math.max(max, lag());
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
        return max;
    }

    /** Sum of the offsets that the service has committed with its data. */
    long appliedOffsets() throws SQLException {
        return queryLong(APPLIED);
    }

    /** Sums the running server processes. The service's connections persist, so none is missed. */
    Duration databaseCpuTime() {
        return Stream.concat(Stream.of(postmaster), postmaster.children())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private long lag() throws SQLException {
        long end = consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return end - appliedOffsets();
    }

    private long queryLong(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        consumer.close();
        connection.close();
    }
}
