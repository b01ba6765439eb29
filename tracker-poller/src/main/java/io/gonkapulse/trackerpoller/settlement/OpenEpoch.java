package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An epoch that is over, and what was published of it so far. */
final class OpenEpoch {

    /** With the pauses between rounds that is more than two hours: a tracker's own trouble looks the same, but passes. */
    private static final int MAX_MISSING_ATTEMPTS = 12;

    private final long number;
    private final Set<NodeIdentifier> seenNodes;
    private final Map<NodeIdentifier, PublishedResult> publishedResults = new HashMap<>();
    private final Set<NodeIdentifier> finishedNodes = new HashSet<>();
    private final Map<NodeIdentifier, Integer> missingAttempts = new HashMap<>();
    private boolean rewardsKnown;
    private boolean complete;

    private record PublishedResult(NodeResult result, ClaimState claim) {}

    OpenEpoch(long number, Set<NodeIdentifier> seen) {
        this.number = number;
        this.seenNodes = seen;
    }

    long number() {
        return number;
    }

    /** Those whose result can still change: who was in the set, and who was seen in it. */
    List<NodeIdentifier> unfinishedNodes(PastEpoch past) {
        Set<NodeIdentifier> nodes = new TreeSet<>(past.members());
        nodes.addAll(seenNodes);
        nodes.removeAll(finishedNodes);
        return List.copyOf(nodes);
    }

    /** From then on a reward of zero is a reward of zero. */
    void markRewardsKnown() {
        rewardsKnown = true;
    }

    boolean areRewardsKnown() {
        return rewardsKnown;
    }

    boolean hasChanged(NodeIdentifier node, NodeResult result, ClaimState claim) {
        return !new PublishedResult(result, claim).equals(publishedResults.get(node));
    }

    void recordPublished(NodeIdentifier node, NodeResult result, ClaimState claim) {
        if (claim == ClaimState.UNCLAIMED && result instanceof NodeResult.RewardedResult) {
            publishedResults.put(node, new PublishedResult(result, claim));
        } else {
            publishedResults.remove(node);
            finishedNodes.add(node);
        }
    }

    /** Whoever has no result time and again, while others have one, never gets one. */
    void recordMissing(NodeIdentifier node) {
        if (rewardsKnown && missingAttempts.merge(node, 1, Integer::sum) >= MAX_MISSING_ATTEMPTS) {
            missingAttempts.remove(node);
            finishedNodes.add(node);
        }
    }

    /** Nothing of it can change any more. */
    void markComplete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }
}
