package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import org.jspecify.annotations.Nullable;

/** What a batch says of one node: which live snapshot is its newest, and the minutes of all. */
final class NodeSnapshotMerger {

    final NodeIdentifier node;
    final HealthMinutes health = new HealthMinutes();
    private @Nullable SnapshotVersion newest;
    private int partition;

    NodeSnapshotMerger(NodeIdentifier node) {
        this.node = node;
    }

    void add(NodeStatus status, SnapshotVersion version, int partition) {
        health.add(version.observedMicros(), status);
        if (newest == null || version.compareTo(newest) > 0) {
            newest = version;
            this.partition = partition;
        }
    }

    /** Null if only settled epochs were told of. */
    @Nullable
    SnapshotVersion newest() {
        return newest;
    }

    int partition() {
        return partition;
    }
}
