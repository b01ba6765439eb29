package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes snapshots at a fixed rate. Counters of each node grow, so every snapshot changes a row; one in 300 is a
 * settlement.
 */
final class SnapshotLoadGenerator implements AutoCloseable {

    static final int PER_SECOND = 1_000;

    /** Fewer wake-ups take less processor time from the measured service. */
    private static final int PER_BURST = 10;

    private static final long BURST_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND * PER_BURST;
    private static final int SNAPSHOTS_PER_SETTLEMENT = 300;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final Producer<String, byte[]> producer;
    private final Thread thread = new Thread(this::send, "live-load");
    private final int nodes;
    private final long epoch;
    private final InstantSource clock;
    private long sent;

    SnapshotLoadGenerator(String bootstrapServers, int nodes, long epoch, InstantSource clock) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.nodes = nodes;
        this.epoch = epoch;
        this.clock = clock;
    }

    /** Publishes a backlog at once and waits for acknowledgements. */
    void send(int snapshots) {
        for (int i = 0; i < snapshots; i++) {
            sendOne();
        }
        producer.flush();
    }

    /** Publishes from a background thread until {@link #close()}. */
    void start() {
        thread.start();
    }

    private void send() {
        long next = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            for (int i = 0; i < PER_BURST; i++) {
                sendOne();
            }
            next += BURST_INTERVAL_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void sendOne() {
        NodeIdentifier node = TestMessages.node((int) (sent % nodes));
        Snapshot snapshot = sent % SNAPSHOTS_PER_SETTLEMENT == 0 ? settled(node) : live(node);
        sent++;
        producer.send(new ProducerRecord<>(KafkaTopic.SNAPSHOTS.name(), node.value(), codec.encode(snapshot)))
                .isDone();
    }

    /** Inferences grow for each round over the nodes. */
    private Snapshot live(NodeIdentifier node) {
        return TestMessages.live()
                .node(node)
                .epoch(epoch)
                .at(clock.instant())
                .earned(1 + sent)
                .inferences(1 + sent / nodes)
                .build();
    }

    /** Settles the previous epoch, as trackers do shortly after its end. */
    private Snapshot settled(NodeIdentifier node) {
        Instant now = clock.instant();
        return TestMessages.settled()
                .node(node)
                .epoch(epoch - 1)
                .at(now)
                .earned(7_610)
                .inferences(14)
                .rewarded(5_000_000_000L + sent)
                .settledAt(now.minusSeconds(60))
                .build();
    }

    @Override
    public void close() {
        thread.interrupt();
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
