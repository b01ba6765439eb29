package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.Skip;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who is in an answer. It is called before anything is published, so that an answer that breaks off publishes nothing;
 * and only names are kept, so that a large one costs little. Where a node stands in it several times, the entry with the
 * largest counters is the newest: they only grow.
 */
final class Roll {

    private static final Comparator<Counters> GROWN = Comparator.comparingLong(Counters::inferences)
            .thenComparing(Counters::earned)
            .thenComparingLong(Counters::missed)
            .thenComparingLong(Counters::validated)
            .thenComparingLong(Counters::invalidated);

    private final Set<NodeIdentifier> nodes = new HashSet<>();
    private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    private final Map<NodeIdentifier, Counters> repeated = new HashMap<>();

    private Roll() {}

    static Roll call(CurrentEpoch epoch) {
        Roll roll = new Roll();
        epoch.participants(roll.new Counting());
        if (!roll.repeated.isEmpty()) {
            epoch.participants(roll.new Comparing());
        }
        return roll;
    }

    Set<NodeIdentifier> nodes() {
        return nodes;
    }

    Map<Skip, Long> skipped() {
        return skipped;
    }

    /** Goes through the answer again, each node once. */
    void each(CurrentEpoch epoch, Consumer<Participant> to) {
        Set<NodeIdentifier> passed = new HashSet<>();
        epoch.participants(new ParticipantSink() {
            @Override
            public void participant(Participant participant) {
                Counters largest = repeated.get(participant.node());
                if (largest == null || (largest.equals(participant.counters()) && passed.add(participant.node()))) {
                    to.accept(participant);
                }
            }

            @Override
            public void skipped(Skip reason) {
                // Counted when the roll was called.
            }
        });
    }

    private final class Counting implements ParticipantSink {

        @Override
        public void participant(Participant participant) {
            if (!nodes.add(participant.node())) {
                repeated.put(participant.node(), Counters.ZERO);
                skipped(Skip.DUPLICATE);
            }
        }

        @Override
        public void skipped(Skip reason) {
            skipped.merge(reason, 1L, Long::sum);
        }
    }

    private final class Comparing implements ParticipantSink {

        @Override
        public void participant(Participant participant) {
            repeated.computeIfPresent(
                    participant.node(),
                    (node, largest) ->
                            GROWN.compare(participant.counters(), largest) > 0 ? participant.counters() : largest);
        }

        @Override
        public void skipped(Skip reason) {
            // Counted when the roll was called.
        }
    }
}
