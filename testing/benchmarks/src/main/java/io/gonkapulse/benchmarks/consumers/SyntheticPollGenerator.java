package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes polls of a network every five minutes: counters grow with each poll, and an epoch takes 25.7 hours. */
final class SyntheticPollGenerator {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    /** 25.7 hours, so that an epoch spans two days. */
    private static final long POLLS_PER_EPOCH = 308;

    private final int nodes;
    private final long records;

    SyntheticPollGenerator(int nodes, long records) {
        this.nodes = nodes;
        this.records = records;
    }

    /**
     * Publishes all polls and returns when Kafka has acknowledged them. Record timestamps are the observation times.
     */
    void publish(String bootstrapServers) throws Exception {
        SnapshotCodec codec = new SnapshotCodec();
        byte[][] keys = new byte[nodes][];
        for (int i = 0; i < nodes; i++) {
            keys[i] = TestMessages.node(i).value().getBytes(US_ASCII);
        }
        try (BacklogProducer producer = new BacklogProducer(bootstrapServers, 256 * 1024)) {
            for (long i = 0; i < records; i++) {
                int node = (int) (i % nodes);
                LiveSnapshot snapshot = snapshot(node, i / nodes);
                long at = snapshot.origin().observedAt().toEpochMilli();
                producer.send(new ProducerRecord<>(
                        KafkaTopic.SNAPSHOTS.name(), null, at, keys[node], codec.encode(snapshot)));
            }
        }
    }

    /** Counters start again with each epoch. */
    private static LiveSnapshot snapshot(int node, long poll) {
        Instant at = START.plus(INTERVAL.multipliedBy(poll));
        long inEpoch = poll % POLLS_PER_EPOCH;
        return TestMessages.live()
                .node(TestMessages.node(node))
                .epoch(poll / POLLS_PER_EPOCH)
                .tracker("hyperfusion")
                .poll("hyperfusion-" + poll)
                .fetchedAt(at.plusMillis(1_750))
                .observedAt(at.plusNanos(426_061_722))
                .earned(inEpoch * (3_805 + node))
                .inferences(inEpoch * 7)
                .validated(inEpoch * 3)
                .build();
    }
}
