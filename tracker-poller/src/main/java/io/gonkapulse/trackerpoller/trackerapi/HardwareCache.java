package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The known hardware of nodes. It rarely changes and costs one request per node, so it is refreshed slowly.
 * Thread-safe.
 */
public final class HardwareCache {

    private final Map<NodeIdentifier, CachedHardware> hardwareByNode = new ConcurrentHashMap<>();

    private record CachedHardware(Optional<NodeHardware> hardware, Instant requestedAt) {}

    /** Keeps the known hardware when the tracker reports none or is unavailable. */
    public void put(NodeIdentifier node, Optional<NodeHardware> hardware, Instant askedAt) {
        hardwareByNode.compute(
                node,
                (key, before) ->
                        new CachedHardware(before == null ? hardware : hardware.or(before::hardware), askedAt));
    }

    /** Drops nodes that left, so that the cache stays bounded. */
    public void retainOnly(Collection<NodeIdentifier> nodes) {
        hardwareByNode.keySet().retainAll(nodes);
    }

    /** The nodes that were never requested, or not within the interval. */
    public List<NodeIdentifier> due(Collection<NodeIdentifier> nodes, Duration interval, Instant now, int atMost) {
        return nodes.stream()
                .filter(node -> isDue(hardwareByNode.get(node), now.minus(interval)))
                .limit(atMost)
                .toList();
    }

    /** Adds the known hardware to facts without hardware. */
    public NodeFacts enrich(NodeIdentifier node, NodeFacts facts) {
        CachedHardware entry = hardwareByNode.get(node);
        if (entry == null || entry.hardware().isEmpty() || facts.gpuType() != null) {
            return facts;
        }
        NodeHardware hardware = entry.hardware().get();
        return new NodeFacts(
                facts.participantStatus(),
                facts.weight(),
                facts.models(),
                facts.displayName(),
                hardware.gpuType(),
                hardware.gpuCount(),
                facts.tokensPerSecond(),
                facts.jailedUntil());
    }

    /** Also nodes without hardware are requested only once per interval. */
    private static boolean isDue(@Nullable CachedHardware entry, Instant before) {
        return entry == null || entry.requestedAt().isBefore(before);
    }
}
