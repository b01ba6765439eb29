package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.OutOfBoundsException;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What a tracker says of an epoch that is over.
 *
 * @param head whose height is the last one that counted for the epoch
 * @param counters of those members whose entry could be read
 */
record TrackerPast(
        TrackerHead head,
        Set<NodeIdentifier> members,
        Map<NodeIdentifier, Counters> counters,
        Instant observedAt,
        Instant arrivedAt) {

    private static final EpochCounters COUNTERS = EpochCounters.in("current_epoch_stats");
    private static final Shape MEMBER = Shape.of("index").and(COUNTERS.paths());

    static TrackerPast ask(Site site, Request request, long epoch) {
        Set<NodeIdentifier> members = new HashSet<>();
        Map<NodeIdentifier, Counters> counters = new HashMap<>();
        try (JsonBody body = JsonBody.ask(site, request)) {
            Shape shape = TrackerHead.shape(MEMBER, entry -> add(entry, members, counters));
            TrackerHead head = body.read(shape, entry -> requireEpoch(entry, epoch));
            if (members.isEmpty()) {
                // An epoch of nobody would be settled by paying nobody.
                throw body.unusable("Expected participants of epoch " + epoch + ", got none");
            }
            return new TrackerPast(
                    head, Set.copyOf(members), counters, observedAt(head, body.arrivedAt()), body.arrivedAt());
        }
    }

    /** Whoever's counters cannot be read is a member all the same; what stands twice is told by the larger counters. */
    private static void add(Entry entry, Set<NodeIdentifier> members, Map<NodeIdentifier, Counters> counters) {
        Entries.node(entry).ifPresent(node -> {
            members.add(node);
            try {
                entry.requireSound();
                counters.merge(node, COUNTERS.read(entry), BinaryOperator.maxBy(EpochCounters.GROWN));
            } catch (MalformedException | OutOfBoundsException e) {
                // The node itself is asked.
            }
        });
    }

    private static TrackerHead requireEpoch(Entry entry, long epoch) {
        TrackerHead head = TrackerHead.read(entry);
        if (head.epoch() != epoch) {
            throw new MalformedException("Expected epoch " + epoch + ", got epoch " + head.epoch());
        }
        return head;
    }

    /** Not its block's time: the height stays where the epoch ended, what is told of claims does not. */
    private static Instant observedAt(TrackerHead head, Instant arrivedAt) {
        return Moments.observed(arrivedAt, head.cachedAt());
    }
}
