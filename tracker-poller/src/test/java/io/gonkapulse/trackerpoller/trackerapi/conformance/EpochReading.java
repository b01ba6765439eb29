package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.stream.Collectors.toMap;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantSink;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything an API reported of the running epoch. Counts every skip reason, also those with zero. */
record EpochReading(
        long epoch,
        @Nullable Long height,
        Instant fetchedAt,
        Instant observedAt,
        NetworkFacts network,
        List<EpochParticipant> participants,
        Map<SkipReason, Integer> skipped) {

    static EpochReading read(TrackerApi api, TrackerClient client) {
        try (CurrentEpochResponse current = api.currentEpoch(client)) {
            CollectingSink first = new CollectingSink();
            current.participants(first);
            CollectingSink again = new CollectingSink();
            current.participants(again);
            if (!first.participants.equals(again.participants) || !first.skipped.equals(again.skipped)) {
                throw new AssertionError("Expected equal results when read twice");
            }
            return new EpochReading(
                    current.epoch(),
                    current.height(),
                    current.fetchedAt(),
                    current.observedAt(),
                    current.network(),
                    first.participants,
                    first.skipped);
        }
    }

    Map<NodeIdentifier, EpochParticipant> byNode() {
        return participants.stream().collect(toMap(EpochParticipant::node, participant -> participant));
    }

    int skipped(SkipReason reason) {
        return skipped.getOrDefault(reason, 0);
    }

    /** Zero for all reasons except the given ones. */
    static Map<SkipReason, Integer> skipCounts(Map<SkipReason, Integer> some) {
        Map<SkipReason, Integer> all = new EnumMap<>(SkipReason.class);
        Arrays.stream(SkipReason.values()).forEach(reason -> all.put(reason, some.getOrDefault(reason, 0)));
        return all;
    }

    private static final class CollectingSink implements ParticipantSink {
        private final List<EpochParticipant> participants = new ArrayList<>();
        private final Map<SkipReason, Integer> skipped = skipCounts(Map.of());

        @Override
        public void participant(EpochParticipant participant) {
            participants.add(participant);
        }

        @Override
        public void skipped(SkipReason reason) {
            skipped.merge(reason, 1, Integer::sum);
        }
    }
}
