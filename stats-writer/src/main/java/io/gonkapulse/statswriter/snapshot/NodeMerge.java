package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import org.jspecify.annotations.Nullable;

/** What a batch says of one node: its newest live snapshot, and the minutes of all. */
final class NodeMerge {

    final NodeIdentifier node;
    final int partition;
    final HealthMinutes health = new HealthMinutes();
    private @Nullable Newest newest;

    NodeMerge(NodeIdentifier node, int partition) {
        this.node = node;
        this.partition = partition;
    }

    record Newest(LiveSnapshot snapshot, Version version) {}

    void add(LiveSnapshot snapshot, Version version) {
        health.add(snapshot.origin().observedAt(), snapshot.status());
        if (newest == null || version.compareTo(newest.version) > 0) {
            newest = new Newest(snapshot, version);
        }
    }

    /** Null if only settled epochs were told of. */
    @Nullable
    Newest newest() {
        return newest;
    }
}
