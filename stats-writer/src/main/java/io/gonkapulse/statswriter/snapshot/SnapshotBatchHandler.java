package io.gonkapulse.statswriter.snapshot;

import static java.util.Objects.requireNonNullElse;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.SnapshotScanner;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.NodeStateIndex;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Merges snapshots to one row per node, whatever the size of the batch. */
public final class SnapshotBatchHandler implements BatchHandler<List<NodeSnapshotMerger>> {

    /**
     * Concurrent writers take row locks in the same order and cannot deadlock, because every batch is
     * sorted by node.
     */
    private static final Comparator<NodeSnapshotMerger> BY_NODE = Comparator.comparing(merger -> merger.node);

    private final SnapshotCodec codec = new SnapshotCodec();
    private final SnapshotWriter writer;
    private final long graceMicros;

    public SnapshotBatchHandler(SnapshotWriter writer, Duration grace) {
        this.writer = writer;
        this.graceMicros = grace.toNanos() / 1_000;
    }

    @Override
    public List<NodeSnapshotMerger> reduce(ConsumerBatch batch, DeadLetterBuffer invalidRecords) {
        NodeStateIndex<NodeSnapshotMerger> nodes = new NodeStateIndex<>(NodeSnapshotMerger::new);
        SnapshotScanner scanner = new SnapshotScanner();
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                invalidRecords.add(i, "TOMBSTONE", "Expected a snapshot, got a record without a value");
                continue;
            }
            NodeSnapshotMerger node = scanner.scan(json, batch.timestamp(i)) ? nodes.findOrCreate(scanner) : null;
            if (node == null) {
                decode(batch, i, json, invalidRecords, nodes);
            } else if (scanner.isLive()) {
                node.add(scanner.status(), scanner.weight(), versionOf(scanner, json), batch.partition(i));
            }
        }
        return StreamSupport.stream(nodes.spliterator(), false).sorted(BY_NODE).toList();
    }

    private SnapshotVersion versionOf(SnapshotScanner scanner, byte[] json) {
        return SnapshotVersion.of(
                scanner.fetchedMicros(),
                scanner.observedMicros(),
                scanner.epoch(),
                scanner.inferences(),
                json,
                graceMicros);
    }

    /** Decodes what the scanner cannot read: other JSON layouts, and invalid records. */
    private void decode(
            ConsumerBatch batch,
            int index,
            byte[] json,
            DeadLetterBuffer invalidRecords,
            NodeStateIndex<NodeSnapshotMerger> nodes) {
        try {
            Snapshot snapshot = codec.decode(json, batch.timestamp(index));
            NodeSnapshotMerger node = nodes.findOrCreate(snapshot.node());
            if (snapshot instanceof LiveSnapshot live) {
                node.add(
                        live.status(),
                        requireNonNullElse(live.facts().weight(), -1L),
                        versionOf(live, json),
                        batch.partition(index));
            }
        } catch (UndecodableMessageException e) {
            invalidRecords.add(index, e);
        }
    }

    private SnapshotVersion versionOf(LiveSnapshot live, byte[] json) {
        return SnapshotVersion.of(
                SnapshotVersion.toMicros(live.origin().fetchedAt()),
                SnapshotVersion.toMicros(live.origin().observedAt()),
                live.epoch(),
                live.counters().inferences(),
                json,
                graceMicros);
    }

    @Override
    public long write(List<NodeSnapshotMerger> merged) {
        return writer.write(merged);
    }
}
