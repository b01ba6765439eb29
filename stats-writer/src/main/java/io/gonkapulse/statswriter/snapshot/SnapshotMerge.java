package io.gonkapulse.statswriter.snapshot;

import java.util.List;

/** A batch of snapshots by node, sorted, so that concurrent writers take their locks in one order. */
public final class SnapshotMerge {

    private final List<NodeMerge> nodes;

    SnapshotMerge(List<NodeMerge> nodes) {
        this.nodes = nodes;
    }

    List<NodeMerge> nodes() {
        return nodes;
    }
}
