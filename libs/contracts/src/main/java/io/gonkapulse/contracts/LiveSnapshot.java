package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

/** One node in one poll of the running epoch. */
public record LiveSnapshot(
        NodeIdentifier node,
        long epoch,
        SnapshotOrigin origin,
        NodeCounters counters,
        NodeStatus status,
        NodeFacts facts)
        implements Snapshot {

    public LiveSnapshot {
        requireNonNull(node, "node");
        MessageLimits.requireEpoch(epoch);
        requireNonNull(origin, "origin");
        requireNonNull(counters, "counters");
        requireNonNull(status, "status");
        requireNonNull(facts, "facts");
    }
}
