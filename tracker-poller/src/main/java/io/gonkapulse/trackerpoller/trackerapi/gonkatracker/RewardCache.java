package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Caches rewards of other epochs that a response contained. Each entry is used once, so that the next attempt requests
 * the current state. Thread-safe.
 */
final class RewardCache {

    /** Shorter than the interval between attempts, longer than one attempt. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** About ten megabytes. */
    private static final int MAX_NODES = 10_000;

    private final Map<NodeIdentifier, CachedRewards> rewardsByNode = new LinkedHashMap<>();

    private record CachedRewards(Map<Long, TrackerNodeResponse.EpochReward> rewards, Instant arrivedAt) {}

    /** Caches all rewards except that of the requested epoch. */
    synchronized void putOthers(
            NodeIdentifier node,
            long requestedEpoch,
            Map<Long, TrackerNodeResponse.EpochReward> rewards,
            Instant arrivedAt) {
        Map<Long, TrackerNodeResponse.EpochReward> others = new HashMap<>(rewards);
        others.remove(requestedEpoch);
        rewardsByNode.remove(node);
        rewardsByNode.put(node, new CachedRewards(others, arrivedAt));
        if (rewardsByNode.size() > MAX_NODES) {
            Iterator<NodeIdentifier> oldest = rewardsByNode.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized Optional<TrackerNodeResponse.EpochReward> remove(NodeIdentifier node, long epoch, Instant now) {
        CachedRewards cached = rewardsByNode.get(node);
        if (cached == null || cached.arrivedAt().plus(MAX_AGE).isBefore(now)) {
            rewardsByNode.remove(node);
            return Optional.empty();
        }
        return Optional.ofNullable(cached.rewards().remove(epoch));
    }
}
