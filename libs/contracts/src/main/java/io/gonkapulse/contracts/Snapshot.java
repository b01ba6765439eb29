package io.gonkapulse.contracts;

/** A record of {@link KafkaTopic#SNAPSHOTS}: what one tracker said of one node, keyed by the node. */
public sealed interface Snapshot permits LiveSnapshot, SettledSnapshot {

    NodeIdentifier node();

    long epoch();

    SnapshotOrigin origin();

    NodeCounters counters();
}
