package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantSink;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a response, scanned before the first one is published. So a response that breaks off publishes
 * nothing. Small responses are cached; of large ones only the nodes are, and the response is read again. Of duplicate
 * nodes the entry with the largest counters wins, because counters only grow.
 */
final class ParticipantIndex {

    /** About ten megabytes. */
    private static final int MAX_CACHED = 20_000;

    private final int maxCached;
    private final Set<NodeIdentifier> nodes = new HashSet<>();
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private final Map<NodeIdentifier, NodeCounters> repeatedNodes = new HashMap<>();
    private @Nullable List<EpochParticipant> cached = new ArrayList<>();

    private ParticipantIndex(int maxCached) {
        this.maxCached = maxCached;
    }

    static ParticipantIndex scan(CurrentEpochResponse epoch) {
        return scan(epoch, MAX_CACHED);
    }

    /** A second pass is needed only when nodes repeat. */
    static ParticipantIndex scan(CurrentEpochResponse epoch, int maxCached) {
        ParticipantIndex index = new ParticipantIndex(maxCached);
        epoch.participants(index.new IndexingSink());
        if (!index.repeatedNodes.isEmpty()) {
            index.readAll(epoch, index::keepLargest);
        }
        return index;
    }

    Set<NodeIdentifier> nodes() {
        return nodes;
    }

    Map<SkipReason, Long> skipped() {
        return skipped;
    }

    /** Passes each node once to the consumer. */
    void forEach(CurrentEpochResponse epoch, Consumer<EpochParticipant> consumer) {
        Set<NodeIdentifier> published = new HashSet<>();
        readAll(epoch, participant -> {
            NodeCounters largest = repeatedNodes.get(participant.node());
            if (largest == null || (largest.equals(participant.counters()) && published.add(participant.node()))) {
                consumer.accept(participant);
            }
        });
    }

    private void readAll(CurrentEpochResponse epoch, Consumer<EpochParticipant> consumer) {
        if (cached != null) {
            cached.forEach(consumer);
        } else {
            epoch.participants(new RereadingSink(consumer));
        }
    }

    private void keepLargest(EpochParticipant participant) {
        repeatedNodes.computeIfPresent(
                participant.node(),
                (node, largest) -> EpochCountersReader.BY_PROGRESS.compare(participant.counters(), largest) > 0
                        ? participant.counters()
                        : largest);
    }

    private final class IndexingSink implements ParticipantSink {

        @Override
        public void participant(EpochParticipant participant) {
            if (!nodes.add(participant.node())) {
                repeatedNodes.put(participant.node(), NodeCounters.ZERO);
                skipped(SkipReason.DUPLICATE);
            }
            cache(participant);
        }

        private void cache(EpochParticipant participant) {
            if (cached != null) {
                cached.add(participant);
                cached = cached.size() > maxCached ? null : cached;
            }
        }

        @Override
        public void skipped(SkipReason reason) {
            skipped.merge(reason, 1L, Long::sum);
        }
    }

    private record RereadingSink(Consumer<EpochParticipant> consumer) implements ParticipantSink {

        @Override
        public void participant(EpochParticipant participant) {
            consumer.accept(participant);
        }

        @Override
        public void skipped(SkipReason reason) {
            // scan() counted them.
        }
    }
}
