package io.gonkapulse.statswriter.snapshot;

import java.util.List;

/**
 * A merged batch, sorted by node. Concurrent writers thus take their locks in the same order and
 * cannot deadlock.
 */
public final class SnapshotMergeResult {

    private final List<NodeSnapshotMerger> nodes;

    SnapshotMergeResult(List<NodeSnapshotMerger> nodes) {
        this.nodes = nodes;
    }

    List<NodeSnapshotMerger> nodes() {
        return nodes;
    }
}
