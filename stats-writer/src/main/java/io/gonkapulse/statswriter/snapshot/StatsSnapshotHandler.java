package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.SnapshotFreshnessScanner;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.InvalidRecordBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.StreamSupport;

/** Snapshots to rows: one a node, whatever the size of the batch. */
public final class StatsSnapshotHandler implements BatchHandler<SnapshotMergeResult> {

    private static final Comparator<NodeSnapshotMerger> BY_NODE = Comparator.comparing(merge -> merge.node);

    private final SnapshotCodec codec = new SnapshotCodec();
    private final SnapshotWriter writer;
    private final long graceMicros;

    public StatsSnapshotHandler(SnapshotWriter writer, Duration grace) {
        this.writer = writer;
        this.graceMicros = grace.toNanos() / 1_000;
    }

    @Override
    public SnapshotMergeResult reduce(ConsumerBatch batch, InvalidRecordBuffer invalidRecords) {
        SnapshotFreshnessScanner<NodeSnapshotMerger> reader = new SnapshotFreshnessScanner<>(NodeSnapshotMerger::new);
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                invalidRecords.add(i, "TOMBSTONE", "Expected a snapshot, got a record without a value");
            } else if (reader.scan(json, batch.timestamp(i))) {
                reader.state().add(reader.status(), versionOf(reader, json), batch.partition(i));
            } else {
                decode(batch, i, json, invalidRecords, reader);
            }
        }
        return new SnapshotMergeResult(StreamSupport.stream(reader.states().spliterator(), false)
                .sorted(BY_NODE)
                .toList());
    }

    private SnapshotVersion versionOf(SnapshotFreshnessScanner<NodeSnapshotMerger> reader, byte[] json) {
        return SnapshotVersion.of(
                reader.fetchedMicros(),
                reader.observedMicros(),
                reader.epoch(),
                reader.inferences(),
                json,
                graceMicros);
    }

    /** Settled epochs, what stands in another form than ours, and what is no snapshot. */
    private void decode(
            ConsumerBatch batch,
            int index,
            byte[] json,
            InvalidRecordBuffer invalidRecords,
            SnapshotFreshnessScanner<NodeSnapshotMerger> reader) {
        try {
            Snapshot snapshot = codec.decode(json, batch.timestamp(index));
            NodeSnapshotMerger node = reader.stateOf(snapshot.node());
            if (snapshot instanceof LiveSnapshot live) {
                node.add(live.status(), versionOf(live, json), batch.partition(index));
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
    public long write(SnapshotMergeResult merged) {
        return writer.write(merged.nodes());
    }
}
