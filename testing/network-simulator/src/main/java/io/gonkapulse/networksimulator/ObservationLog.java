package io.gonkapulse.networksimulator;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The observed heights of live counters, and the height of each settlement's last reading. The expected earnings of
 * a day depend on them: a ledger cannot count what no poll observed. Not thread-safe.
 */
public final class ObservationLog {

    private final Map<NodeEpoch, NavigableSet<Long>> live = new HashMap<>();
    private final Map<NodeEpoch, Long> settlements = new HashMap<>();

    /** An epoch of a node, the unit of the ledger. */
    record NodeEpoch(NodeIdentifier node, long epoch) {}

    /** Records that a response reported a node's counters of an epoch at a height. */
    public void recordLive(NodeIdentifier node, long epoch, long height) {
        live.computeIfAbsent(new NodeEpoch(node, epoch), key -> new TreeSet<>()).add(height);
    }

    /** Records that a settlement was read at a height. Readings at lower heights are ignored. */
    public void recordSettlement(NodeIdentifier node, long epoch, long height) {
        settlements.merge(new NodeEpoch(node, epoch), height, Math::max);
    }

    Set<NodeEpoch> nodeEpochs() {
        Set<NodeEpoch> all = new HashSet<>(live.keySet());
        all.addAll(settlements.keySet());
        return all;
    }

    NavigableSet<Long> liveHeights(NodeEpoch nodeEpoch) {
        return live.getOrDefault(nodeEpoch, new TreeSet<>());
    }

    /** Returns −1 if it was never read. */
    long settlementHeight(NodeEpoch nodeEpoch) {
        return settlements.getOrDefault(nodeEpoch, -1L);
    }
}
