package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the rewards of other epochs that an answer about one epoch told. Each of them answers one question only, so that
 * whoever asks again hears what the tracker says then.
 */
final class RewardCache {

    /** Shorter than the usual time between two rounds, longer than a round usually takes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Some ten megabytes of them. */
    private static final int MOST_NODES = 10_000;

    private final Map<NodeIdentifier, Told> toldOf = new LinkedHashMap<>();

    private record Told(Map<Long, TrackerNode.Reward> rewards, Instant arrivedAt) {}

    /** Keeps all but that of the epoch that was asked for. */
    synchronized void putOthers(
            NodeIdentifier node, long askedFor, Map<Long, TrackerNode.Reward> rewards, Instant arrivedAt) {
        Map<Long, TrackerNode.Reward> others = new HashMap<>(rewards);
        others.remove(askedFor);
        toldOf.remove(node);
        toldOf.put(node, new Told(others, arrivedAt));
        if (toldOf.size() > MOST_NODES) {
            Iterator<NodeIdentifier> oldest = toldOf.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized Optional<TrackerNode.Reward> take(NodeIdentifier node, long epoch, Instant now) {
        Told told = toldOf.get(node);
        if (told == null || told.arrivedAt().plus(LONGEST).isBefore(now)) {
            toldOf.remove(node);
            return Optional.empty();
        }
        return Optional.ofNullable(told.rewards().remove(epoch));
    }
}
