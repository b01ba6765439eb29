package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.stream.Collectors.toMap;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a source said of the running epoch; every reason to skip is counted, those that never came as zero. */
record Heard(
        long epoch,
        @Nullable Long height,
        Instant fetchedAt,
        Instant observedAt,
        NetworkFacts network,
        List<Participant> participants,
        Map<Skip, Integer> skipped) {

    static Heard from(Source source, Site site) {
        try (CurrentEpoch current = source.current(site)) {
            Ear first = new Ear();
            current.participants(first);
            Ear again = new Ear();
            current.participants(again);
            if (!first.participants.equals(again.participants) || !first.skipped.equals(again.skipped)) {
                throw new AssertionError("Expected the same when gone through twice");
            }
            return new Heard(
                    current.epoch(),
                    current.height(),
                    current.fetchedAt(),
                    current.observedAt(),
                    current.network(),
                    first.participants,
                    first.skipped);
        }
    }

    Map<NodeIdentifier, Participant> byNode() {
        return participants.stream().collect(toMap(Participant::node, participant -> participant));
    }

    int skipped(Skip reason) {
        return skipped.getOrDefault(reason, 0);
    }

    /** Zero for each reason but those that are named. */
    static Map<Skip, Integer> skips(Map<Skip, Integer> some) {
        Map<Skip, Integer> all = new EnumMap<>(Skip.class);
        Arrays.stream(Skip.values()).forEach(reason -> all.put(reason, some.getOrDefault(reason, 0)));
        return all;
    }

    private static final class Ear implements ParticipantSink {
        private final List<Participant> participants = new ArrayList<>();
        private final Map<Skip, Integer> skipped = skips(Map.of());

        @Override
        public void participant(Participant participant) {
            participants.add(participant);
        }

        @Override
        public void skipped(Skip reason) {
            skipped.merge(reason, 1, Integer::sum);
        }
    }
}
