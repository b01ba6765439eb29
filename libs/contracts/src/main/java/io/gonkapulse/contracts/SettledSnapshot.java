package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

/** One node in one past epoch: its final counters and its reward. Published again while the reward can change. */
public record SettledSnapshot(
        NodeIdentifier node, long epoch, SnapshotOrigin origin, NodeCounters counters, Settlement settlement)
        implements Snapshot {

    public SettledSnapshot {
        requireNonNull(node, "node");
        MessageLimits.requireEpoch(epoch);
        requireNonNull(origin, "origin");
        requireNonNull(counters, "counters");
        requireNonNull(settlement, "settlement");
    }
}
