package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Merges the snapshots of one node in a batch: the newest live one, and the health minutes and
 * weights of all.
 */
final class NodeSnapshotMerger {

    final NodeIdentifier node;
    final HealthMinutes health = new HealthMinutes();
    final WeightDays weights = new WeightDays();
    private @Nullable SnapshotVersion newest;
    private int partition;

    NodeSnapshotMerger(NodeIdentifier node) {
        this.node = node;
    }

    /** @param weight negative if the snapshot has none */
    void add(NodeStatus status, long weight, SnapshotVersion version, int partition) {
        health.add(version.observedMicros(), status);
        weights.add(version.observedMicros(), version.epoch(), weight);
        if (newest == null || version.compareTo(newest) > 0) {
            newest = version;
            this.partition = partition;
        }
    }

    /** Returns null if the batch has only settled snapshots of this node. */
    @Nullable
    SnapshotVersion newest() {
        return newest;
    }

    int partition() {
        return partition;
    }
}
