package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static java.util.stream.Collectors.toMap;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.ParticipantEntry;
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
            List<ParticipantEntry> entries = new ArrayList<>();
            current.participants().forEach(entries::add);
            List<ParticipantEntry> again = new ArrayList<>();
            current.participants().forEach(again::add);
            if (!entries.equals(again)) {
                throw new AssertionError("Expected equal results when read twice");
            }
            return new EpochReading(
                    current.epoch(),
                    current.height(),
                    current.fetchedAt(),
                    current.observedAt(),
                    current.network(),
                    entries.stream()
                            .filter(EpochParticipant.class::isInstance)
                            .map(EpochParticipant.class::cast)
                            .toList(),
                    skipCounts(entries));
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

    private static Map<SkipReason, Integer> skipCounts(List<ParticipantEntry> entries) {
        Map<SkipReason, Integer> skipped = skipCounts(Map.of());
        for (ParticipantEntry entry : entries) {
            if (entry instanceof SkipReason reason) {
                skipped.merge(reason, 1, Integer::sum);
            }
        }
        return skipped;
    }
}
