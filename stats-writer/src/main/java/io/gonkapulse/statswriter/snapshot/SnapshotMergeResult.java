package io.gonkapulse.statswriter.snapshot;

import java.util.List;

/** A batch of snapshots by node, sorted, so that concurrent writers take their locks in one order. */
public final class SnapshotMergeResult {

    private final List<NodeSnapshotMerger> nodes;

    SnapshotMergeResult(List<NodeSnapshotMerger> nodes) {
        this.nodes = nodes;
    }

    List<NodeSnapshotMerger> nodes() {
        return nodes;
    }
}
