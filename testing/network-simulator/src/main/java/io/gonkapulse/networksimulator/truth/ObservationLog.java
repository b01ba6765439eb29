package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who looked at what, and when: the heights whose live counters were seen, and the height at which a settlement was last
 * read. What is true of a day depends on it, because nobody can count what was never seen.
 */
public final class ObservationLog {

    private final Map<NodeEpoch, NavigableSet<Long>> live = new HashMap<>();
    private final Map<NodeEpoch, Long> settlements = new HashMap<>();

    record NodeEpoch(NodeIdentifier node, long epoch) {}

    /** An answer said: these are the counters of this node, in this epoch, as of this height. */
    public void recordLive(NodeIdentifier node, long epoch, long height) {
        live.computeIfAbsent(new NodeEpoch(node, epoch), key -> new TreeSet<>()).add(height);
    }

    /** The settlement of an epoch was read as of this height; an older reading changes nothing. */
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

    /** −1 when it was never read. */
    long settlementHeight(NodeEpoch nodeEpoch) {
        return settlements.getOrDefault(nodeEpoch, -1L);
    }
}
