package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.ParticipantEntry;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a response, scanned before the first one is published. So a response that breaks off publishes
 * nothing. Small responses are cached; of large ones only the nodes are, and the response is read again. Of duplicate
 * nodes the entry with the largest counters wins, because counters only grow.
 */
final class ParticipantIndex {

    /** About ten megabytes. */
    private static final int MAX_CACHED = 20_000;

    private final CurrentEpochResponse response;
    private final Set<NodeIdentifier> nodes = new HashSet<>();
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private final Map<NodeIdentifier, NodeCounters> repeatedNodes = new HashMap<>();
    private @Nullable List<EpochParticipant> cached = new ArrayList<>();

    private ParticipantIndex(CurrentEpochResponse response) {
        this.response = response;
    }

    static ParticipantIndex scan(CurrentEpochResponse response) {
        return scan(response, MAX_CACHED);
    }

    /** Closes a response that breaks off or is invalid. A second pass is needed only when nodes repeat. */
    static ParticipantIndex scan(CurrentEpochResponse response, int maxCached) {
        ParticipantIndex index = new ParticipantIndex(response);
        try {
            for (ParticipantEntry entry : response.participants()) {
                index.add(entry, maxCached);
            }
            if (!index.repeatedNodes.isEmpty()) {
                index.readAll().forEach(index::keepLargest);
            }
            return index;
        } catch (RuntimeException unusable) {
            response.close();
            throw unusable;
        }
    }

    private void add(ParticipantEntry entry, int maxCached) {
        if (entry instanceof SkipReason reason) {
            skipped.merge(reason, 1L, Long::sum);
        } else if (entry instanceof EpochParticipant participant) {
            if (!nodes.add(participant.node())) {
                repeatedNodes.put(participant.node(), NodeCounters.ZERO);
                skipped.merge(SkipReason.DUPLICATE, 1L, Long::sum);
            }
            if (cached != null) {
                cached.add(participant);
                cached = cached.size() > maxCached ? null : cached;
            }
        }
    }

    CurrentEpochResponse response() {
        return response;
    }

    Set<NodeIdentifier> nodes() {
        return nodes;
    }

    Map<SkipReason, Long> skipped() {
        return skipped;
    }

    /** Each node once, in the order of the response; a large response is read again. */
    Stream<EpochParticipant> participants() {
        Set<NodeIdentifier> emitted = new HashSet<>();
        return readAll().filter(participant -> {
            NodeCounters largest = repeatedNodes.get(participant.node());
            return largest == null || (largest.equals(participant.counters()) && emitted.add(participant.node()));
        });
    }

    private Stream<EpochParticipant> readAll() {
        return cached != null
                ? cached.stream()
                : StreamSupport.stream(response.participants().spliterator(), false)
                        .filter(EpochParticipant.class::isInstance)
                        .map(EpochParticipant.class::cast);
    }

    private void keepLargest(EpochParticipant participant) {
        repeatedNodes.computeIfPresent(
                participant.node(),
                (node, largest) -> EpochCountersReader.BY_PROGRESS.compare(participant.counters(), largest) > 0
                        ? participant.counters()
                        : largest);
    }
}
