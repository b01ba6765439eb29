package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An epoch that is over, and what was published of it so far. */
final class OpenEpoch {

    /** With the pauses between rounds that is more than two hours: a tracker's own trouble looks the same, but passes. */
    private static final int ATTEMPTS_UNTIL_NONE = 12;

    private final long number;
    private final Set<NodeIdentifier> seen;
    private final Map<NodeIdentifier, Told> told = new HashMap<>();
    private final Set<NodeIdentifier> finished = new HashSet<>();
    private final Map<NodeIdentifier, Integer> withoutResult = new HashMap<>();
    private boolean rewardsKnown;
    private boolean complete;

    private record Told(NodeResult result, ClaimState claim) {}

    OpenEpoch(long number, Set<NodeIdentifier> seen) {
        this.number = number;
        this.seen = seen;
    }

    long number() {
        return number;
    }

    /** Those whose result can still change: who was in the set, and who was seen in it. */
    List<NodeIdentifier> unfinished(PastEpoch past) {
        Set<NodeIdentifier> nodes = new TreeSet<>(past.members());
        nodes.addAll(seen);
        nodes.removeAll(finished);
        return List.copyOf(nodes);
    }

    /** From then on a reward of zero is a reward of zero. */
    void rewardsAreKnown() {
        rewardsKnown = true;
    }

    boolean areRewardsKnown() {
        return rewardsKnown;
    }

    boolean isNews(NodeIdentifier node, NodeResult result, ClaimState claim) {
        return !new Told(result, claim).equals(told.get(node));
    }

    void told(NodeIdentifier node, NodeResult result, ClaimState claim) {
        if (claim == ClaimState.UNCLAIMED && result instanceof NodeResult.Rewarded) {
            told.put(node, new Told(result, claim));
        } else {
            told.remove(node);
            finished.add(node);
        }
    }

    /** Whoever has no result time and again, while others have one, never gets one. */
    void hasNone(NodeIdentifier node) {
        if (rewardsKnown && withoutResult.merge(node, 1, Integer::sum) >= ATTEMPTS_UNTIL_NONE) {
            withoutResult.remove(node);
            finished.add(node);
        }
    }

    /** Nothing of it can change any more. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }
}
