package io.gonkapulse.trackerpoller.tracker;

import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.Hardware;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What nodes are known to run on. It changes seldom and costs a question for each, so it is asked slowly and kept. */
public final class HardwareBook {

    private final Map<NodeIdentifier, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(Optional<Hardware> hardware, Instant askedAt) {}

    /** Where nothing is told, or nobody could be asked, what was told before holds. */
    public void put(NodeIdentifier node, Optional<Hardware> hardware, Instant askedAt) {
        entries.compute(
                node, (key, before) -> new Entry(before == null ? hardware : hardware.or(before::hardware), askedAt));
    }

    /** Forgets those that are not in it any more, so that it does not grow for ever. */
    public void keepOnly(Collection<NodeIdentifier> nodes) {
        entries.keySet().retainAll(nodes);
    }

    /** Those of the given nodes that were never asked, or not for so long. */
    public List<NodeIdentifier> due(Collection<NodeIdentifier> nodes, Duration interval, Instant now, int atMost) {
        return nodes.stream()
                .filter(node -> isDue(entries.get(node), now.minus(interval)))
                .limit(atMost)
                .toList();
    }

    /** The facts with what is known of the hardware, unless they say it themselves. */
    public NodeFacts complete(NodeIdentifier node, NodeFacts facts) {
        Entry entry = entries.get(node);
        if (entry == null || entry.hardware().isEmpty() || facts.gpuType() != null) {
            return facts;
        }
        Hardware hardware = entry.hardware().get();
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

    private static boolean isDue(@Nullable Entry entry, Instant before) {
        return entry == null || entry.askedAt().isBefore(before);
    }
}
