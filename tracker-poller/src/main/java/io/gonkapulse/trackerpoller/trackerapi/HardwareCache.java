package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What nodes are known to run on. It changes seldom and costs a question for each, so it is asked slowly and kept. */
public final class HardwareCache {

    private final Map<NodeIdentifier, CachedHardware> hardwareByNode = new ConcurrentHashMap<>();

    private record CachedHardware(Optional<NodeHardware> hardware, Instant requestedAt) {}

    /** Where nothing is told, or nobody could be asked, what was told before holds. */
    public void put(NodeIdentifier node, Optional<NodeHardware> hardware, Instant askedAt) {
        hardwareByNode.compute(
                node,
                (key, before) ->
                        new CachedHardware(before == null ? hardware : hardware.or(before::hardware), askedAt));
    }

    /** Forgets those that are not in it any more, so that it does not grow for ever. */
    public void retainOnly(Collection<NodeIdentifier> nodes) {
        hardwareByNode.keySet().retainAll(nodes);
    }

    /** Those of the given nodes that were never asked, or not for so long. */
    public List<NodeIdentifier> due(Collection<NodeIdentifier> nodes, Duration interval, Instant now, int atMost) {
        return nodes.stream()
                .filter(node -> isDue(hardwareByNode.get(node), now.minus(interval)))
                .limit(atMost)
                .toList();
    }

    /** The facts with what is known of the hardware, unless they say it themselves. */
    public NodeFacts enrich(NodeIdentifier node, NodeFacts facts) {
        CachedHardware entry = hardwareByNode.get(node);
        if (entry == null || entry.hardware().isEmpty() || facts.gpuType() != null) {
            return facts;
        }
        NodeHardware hardware = entry.hardware().get();
        return new NodeFacts(
                facts.participantStatus(),
                facts.weight(),
                facts.model(),
                facts.displayName(),
                hardware.gpuType(),
                hardware.gpuCount(),
                facts.tokensPerSecond(),
                facts.jailedUntil());
    }

    private static boolean isDue(@Nullable CachedHardware entry, Instant before) {
        return entry == null || entry.requestedAt().isBefore(before);
    }
}
