package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.FreshReader;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.intake.Batch;
import io.gonkapulse.workercore.intake.BatchHandler;
import io.gonkapulse.workercore.intake.Rejections;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.StreamSupport;

/** Snapshots to rows: one a node, whatever the size of the batch. */
public final class SnapshotHandler implements BatchHandler<SnapshotMerge> {

    private static final Comparator<NodeMerge> BY_NODE = Comparator.comparing(merge -> merge.node);

    private final SnapshotCodec codec = new SnapshotCodec();
    private final SnapshotWriter writer;
    private final long graceMicros;

    public SnapshotHandler(SnapshotWriter writer, Duration grace) {
        this.writer = writer;
        this.graceMicros = grace.toNanos() / 1_000;
    }

    @Override
    public SnapshotMerge reduce(Batch batch, Rejections rejections) {
        FreshReader<NodeMerge> reader = new FreshReader<>(NodeMerge::new);
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                rejections.add(i, "TOMBSTONE", "Expected a snapshot, got a record without a value");
            } else if (reader.reads(json, batch.timestamp(i))) {
                reader.state().add(reader.status(), version(reader, json), batch.partition(i));
            } else {
                decode(batch, i, json, rejections, reader);
            }
        }
        return new SnapshotMerge(StreamSupport.stream(reader.states().spliterator(), false)
                .sorted(BY_NODE)
                .toList());
    }

    private Version version(FreshReader<NodeMerge> reader, byte[] json) {
        return Version.of(
                reader.fetchedMicros(),
                reader.observedMicros(),
                reader.epoch(),
                reader.inferences(),
                json,
                graceMicros);
    }

    /** Settled epochs, what stands in another form than ours, and what is no snapshot. */
    private void decode(Batch batch, int index, byte[] json, Rejections rejections, FreshReader<NodeMerge> reader) {
        try {
            Snapshot snapshot = codec.decode(json, batch.timestamp(index));
            NodeMerge node = reader.stateOf(snapshot.node());
            if (snapshot instanceof LiveSnapshot live) {
                node.add(live.status(), version(live, json), batch.partition(index));
            }
        } catch (UndecodableMessageException e) {
            rejections.add(index, e);
        }
    }

    private Version version(LiveSnapshot live, byte[] json) {
        return Version.of(
                Version.micros(live.origin().fetchedAt()),
                Version.micros(live.origin().observedAt()),
                live.epoch(),
                live.counters().inferences(),
                json,
                graceMicros);
    }

    @Override
    public long write(SnapshotMerge merge) {
        return writer.write(merge.nodes());
    }
}
