package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.intake.Batch;
import io.gonkapulse.workercore.intake.BatchHandler;
import io.gonkapulse.workercore.intake.Rejections;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Snapshots to rows: one a node, whatever the size of the batch. */
public final class SnapshotHandler implements BatchHandler<SnapshotMerge> {

    private static final Comparator<NodeMerge> BY_NODE = Comparator.comparing(merge -> merge.node);

    private final SnapshotCodec codec = new SnapshotCodec();
    private final SnapshotWriter writer;
    private final Duration grace;

    public SnapshotHandler(SnapshotWriter writer, Duration grace) {
        this.writer = writer;
        this.grace = grace;
    }

    @Override
    public SnapshotMerge reduce(Batch batch, Rejections rejections) {
        Map<NodeIdentifier, NodeMerge> merged = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            byte[] json = batch.value(i);
            if (json == null) {
                rejections.add(i, "TOMBSTONE", "Expected a snapshot, got a record without a value");
            } else {
                merge(batch, i, json, rejections, merged);
            }
        }
        return new SnapshotMerge(merged.values().stream().sorted(BY_NODE).toList());
    }

    private void merge(
            Batch batch, int index, byte[] json, Rejections rejections, Map<NodeIdentifier, NodeMerge> merged) {
        try {
            Snapshot snapshot = codec.decode(json);
            Function<NodeIdentifier, NodeMerge> first = node -> new NodeMerge(node, batch.partition(index));
            NodeMerge node = merged.computeIfAbsent(snapshot.node(), first);
            if (snapshot instanceof LiveSnapshot live) {
                node.add(live, Version.of(live, json, grace));
            }
        } catch (UndecodableMessageException e) {
            rejections.add(index, e);
        }
    }

    @Override
    public long write(SnapshotMerge merge) {
        return writer.write(merge.nodes());
    }
}
