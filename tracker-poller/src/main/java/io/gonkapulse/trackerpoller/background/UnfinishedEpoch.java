package io.gonkapulse.trackerpoller.background;

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

/** A past epoch and what is already published of it. */
final class UnfinishedEpoch {

    /**
     * More than two hours with the back-off between attempts. A fault of the tracker looks the same, but does not last
     * that long.
     */
    private static final int MAX_MISSING_ATTEMPTS = 12;

    private final long number;
    private final Set<NodeIdentifier> seenNodes;
    private final Map<NodeIdentifier, PublishedResult> publishedResults = new HashMap<>();
    private final Set<NodeIdentifier> finishedNodes = new HashSet<>();
    private final Map<NodeIdentifier, Integer> missingAttempts = new HashMap<>();
    private boolean rewardsKnown;
    private boolean complete;

    private record PublishedResult(NodeResult result, ClaimState claim) {}

    UnfinishedEpoch(long number, Set<NodeIdentifier> seen) {
        this.number = number;
        this.seenNodes = seen;
    }

    long number() {
        return number;
    }

    /** The nodes whose result can still change: members of the epoch, and nodes observed in it. */
    List<NodeIdentifier> unfinishedNodes(PastEpoch past) {
        Set<NodeIdentifier> nodes = new TreeSet<>(past.members());
        nodes.addAll(seenNodes);
        nodes.removeAll(finishedNodes);
        return List.copyOf(nodes);
    }

    /** From then on a reward of zero is final. */
    void markRewardsKnown() {
        rewardsKnown = true;
    }

    boolean areRewardsKnown() {
        return rewardsKnown;
    }

    boolean hasChanged(NodeIdentifier node, NodeResult result, ClaimState claim) {
        return !new PublishedResult(result, claim).equals(publishedResults.get(node));
    }

    /** Only an unclaimed reward can still change; any other result is final. */
    void recordPublished(NodeIdentifier node, NodeResult result, ClaimState claim) {
        if (claim == ClaimState.UNCLAIMED && result instanceof NodeResult.RewardedResult) {
            publishedResults.put(node, new PublishedResult(result, claim));
        } else {
            publishedResults.remove(node);
            finishedNodes.add(node);
        }
    }

    /** Gives up a node that repeatedly has no result while other nodes have one. */
    void recordMissing(NodeIdentifier node) {
        if (rewardsKnown && missingAttempts.merge(node, 1, Integer::sum) >= MAX_MISSING_ATTEMPTS) {
            missingAttempts.remove(node);
            finishedNodes.add(node);
        }
    }

    /** No result can change any more. */
    void markComplete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }
}
