package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What a tracker says of an epoch that is over.
 *
 * @param head whose height is the last one that counted for the epoch
 */
record TrackerPast(TrackerHead head, Set<NodeIdentifier> members, Instant observedAt) {

    private static final Shape MEMBER = Shape.of("index");

    static TrackerPast ask(Site site, Request request, long epoch) {
        Set<NodeIdentifier> members = new HashSet<>();
        try (JsonBody body = JsonBody.ask(site, request)) {
            Shape shape = TrackerHead.shape(MEMBER, entry -> Entries.node(entry).ifPresent(members::add));
            TrackerHead head = body.read(shape, entry -> requireEpoch(entry, epoch));
            if (members.isEmpty()) {
                // An epoch of nobody would be settled by paying nobody.
                throw body.unusable("Expected participants of epoch " + epoch + ", got none");
            }
            return new TrackerPast(head, Set.copyOf(members), observedAt(head, body.arrivedAt()));
        }
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
