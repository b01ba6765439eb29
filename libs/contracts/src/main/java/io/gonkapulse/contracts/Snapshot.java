package io.gonkapulse.contracts;

/** A record of {@link KafkaTopic#SNAPSHOTS}, keyed by the node: the data of one node from one tracker. */
public sealed interface Snapshot permits LiveSnapshot, SettledSnapshot {

    NodeIdentifier node();

    long epoch();

    SnapshotOrigin origin();

    NodeCounters counters();
}
