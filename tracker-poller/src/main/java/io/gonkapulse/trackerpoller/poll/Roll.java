package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.Skip;
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
 * Who is in an answer. It is called before anything is published, so that an answer that breaks off publishes nothing.
 * Participants are kept as long as they are few; of a large answer only names are, and it is read again. Where a node
 * stands in it several times, the entry with the largest counters is the newest: they only grow.
 */
final class Roll {

    /** Some ten megabytes of them. */
    private static final int FEW = 20_000;

    private final int few;
    private final Set<NodeIdentifier> nodes = new HashSet<>();
    private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    private final Map<NodeIdentifier, Counters> repeated = new HashMap<>();
    private @Nullable List<Participant> kept = new ArrayList<>();

    private Roll(int few) {
        this.few = few;
    }

    static Roll call(CurrentEpoch epoch) {
        return call(epoch, FEW);
    }

    static Roll call(CurrentEpoch epoch, int few) {
        Roll roll = new Roll(few);
        epoch.participants(roll.new Counting());
        if (!roll.repeated.isEmpty()) {
            roll.goThrough(epoch, roll::compare);
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
        goThrough(epoch, participant -> {
            Counters largest = repeated.get(participant.node());
            if (largest == null || (largest.equals(participant.counters()) && passed.add(participant.node()))) {
                to.accept(participant);
            }
        });
    }

    private void goThrough(CurrentEpoch epoch, Consumer<Participant> to) {
        if (kept != null) {
            kept.forEach(to);
        } else {
            epoch.participants(new Again(to));
        }
    }

    private void compare(Participant participant) {
        repeated.computeIfPresent(
                participant.node(),
                (node, largest) -> EpochCounters.GROWN.compare(participant.counters(), largest) > 0
                        ? participant.counters()
                        : largest);
    }

    private final class Counting implements ParticipantSink {

        @Override
        public void participant(Participant participant) {
            if (!nodes.add(participant.node())) {
                repeated.put(participant.node(), Counters.ZERO);
                skipped(Skip.DUPLICATE);
            }
            keep(participant);
        }

        private void keep(Participant participant) {
            if (kept != null) {
                kept.add(participant);
                kept = kept.size() > few ? null : kept;
            }
        }

        @Override
        public void skipped(Skip reason) {
            skipped.merge(reason, 1L, Long::sum);
        }
    }

    private record Again(Consumer<Participant> to) implements ParticipantSink {

        @Override
        public void participant(Participant participant) {
            to.accept(participant);
        }

        @Override
        public void skipped(Skip reason) {
            // Counted when the roll was called.
        }
    }
}
