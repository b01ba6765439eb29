package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import org.jspecify.annotations.Nullable;

/** What a batch says of one node: which live snapshot is its newest, and the minutes of all. */
final class NodeMerge {

    final NodeIdentifier node;
    final HealthMinutes health = new HealthMinutes();
    private @Nullable Version newest;
    private int partition;

    NodeMerge(NodeIdentifier node) {
        this.node = node;
    }

    void add(NodeStatus status, Version version, int partition) {
        health.add(version.observed(), status);
        if (newest == null || version.compareTo(newest) > 0) {
            newest = version;
            this.partition = partition;
        }
    }

    /** Null if only settled epochs were told of. */
    @Nullable
    Version newest() {
        return newest;
    }

    int partition() {
        return partition;
    }
}
