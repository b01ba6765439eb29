package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.MessageLimits.OutOfBoundsException;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * A tracker's response about a past epoch.
 *
 * @param header its height is the last one that counts for the epoch
 * @param counters of the members with a valid entry
 */
record TrackerPastEpoch(
        TrackerEpochHeader header,
        Set<NodeIdentifier> members,
        Map<NodeIdentifier, NodeCounters> counters,
        Instant observedAt,
        Instant arrivedAt) {

    private static final EpochCountersReader COUNTERS = EpochCountersReader.forObject("current_epoch_stats");
    private static final JsonObjectShape MEMBER = JsonObjectShape.of("index").and(COUNTERS.paths());

    static TrackerPastEpoch fetch(TrackerClient client, TrackerRequest request, long epoch) {
        Set<NodeIdentifier> members = new HashSet<>();
        Map<NodeIdentifier, NodeCounters> counters = new HashMap<>();
        try (JsonBody body = JsonBody.fetch(client, request)) {
            JsonObjectShape shape = TrackerEpochHeader.shape(MEMBER, entry -> add(entry, members, counters));
            TrackerEpochHeader header = body.read(shape, entry -> requireEpoch(entry, epoch));
            if (members.isEmpty()) {
                // An epoch without members would be settled without paying anybody.
                throw body.unusable("Expected participants of epoch " + epoch + ", got none");
            }
            return new TrackerPastEpoch(
                    header, Set.copyOf(members), counters, observedAt(header, body.arrivedAt()), body.arrivedAt());
        }
    }

    /** A member with malformed counters is still a member. Of duplicate entries the larger counters win. */
    private static void add(JsonEntry entry, Set<NodeIdentifier> members, Map<NodeIdentifier, NodeCounters> counters) {
        ParticipantParser.parseNode(entry).ifPresent(node -> {
            members.add(node);
            try {
                entry.requireValid();
                counters.merge(node, COUNTERS.read(entry), BinaryOperator.maxBy(EpochCountersReader.BY_PROGRESS));
            } catch (MalformedValueException | OutOfBoundsException e) {
                // The node is requested on its own.
            }
        });
    }

    private static TrackerEpochHeader requireEpoch(JsonEntry entry, long epoch) {
        TrackerEpochHeader header = TrackerEpochHeader.read(entry);
        if (header.epoch() != epoch) {
            throw new MalformedValueException("Expected epoch " + epoch + ", got epoch " + header.epoch());
        }
        return header;
    }

    /** Not the time of the block: the height stays at the end of the epoch, but claims change later. */
    private static Instant observedAt(TrackerEpochHeader header, Instant arrivedAt) {
        return ObservedTimeResolver.resolve(arrivedAt, header.cachedAt());
    }
}
