package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

/** A node in one poll of the running epoch. */
public record LiveSnapshot(
        NodeIdentifier node, long epoch, Origin origin, Counters counters, NodeStatus status, NodeFacts facts)
        implements Snapshot {

    public LiveSnapshot {
        requireNonNull(node, "node");
        FactLimits.requireEpoch(epoch);
        requireNonNull(origin, "origin");
        requireNonNull(counters, "counters");
        requireNonNull(status, "status");
        requireNonNull(facts, "facts");
    }
}
