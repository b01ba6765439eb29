package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The snapshots of 60,000 nodes that are polled every minute. */
final class SnapshotLoad implements VisibilityProbe.LiveLoad {

    private static final int PROBED_NODES = 100;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final InstantSource clock;
    private int sent;
    private int probes;

    SnapshotLoad(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String noun() {
        return "snapshots";
    }

    @Override
    public int perSecond() {
        return 1_000;
    }

    @Override
    public int lingerMillis() {
        return 0;
    }

    @Override
    public ProducerRecord<byte[], byte[]> next() {
        return snapshot(TestMessages.node(sent++ % SnapshotBacklog.NODES), clock.instant());
    }

    @Override
    public String query() {
        return """
                select 1
                  from nodes node
                  join node_stats_cache stats on stats.node_id = node.id
                 where node.identifier = ?
                   and stats.fetched_at = ?
                """;
    }

    @Override
    public ProducerRecord<byte[], byte[]> nextProbe(PreparedStatement query) throws SQLException {
        NodeIdentifier node = TestMessages.node(SnapshotBacklog.NODES + probes++ % PROBED_NODES);
        Instant fetchedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        query.setString(1, node.value());
        query.setTimestamp(2, Timestamp.from(fetchedAt));
        return snapshot(node, fetchedAt);
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
