package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.TrackerName;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * One partition of the orders, and with it some trackers. What is committed for it is the oldest order that is not done
 * with; the text beside the commit names the trackers that have been met.
 */
final class PartitionAssignment {

    private static final String BACKFILLED_PREFIX = "met=";

    private final ConcurrentSkipListSet<Long> unfinishedOffsets = new ConcurrentSkipListSet<>();
    private final Set<String> backfilled = new ConcurrentSkipListSet<>();
    private final Collection<TrackerName> trackers;
    private volatile long nextOffset;

    PartitionAssignment(Collection<TrackerName> trackers, long next, String note) {
        this.trackers = trackers;
        this.nextOffset = next;
        if (note.startsWith(BACKFILLED_PREFIX)) {
            backfilled.addAll(Set.of(note.substring(BACKFILLED_PREFIX.length()).split(",")));
        }
    }

    Collection<TrackerName> trackers() {
        return trackers;
    }

    /** Notes an order, and gives what is to be called when it is done with. */
    Runnable trackOffset(long offset) {
        unfinishedOffsets.add(offset);
        nextOffset = offset + 1;
        return () -> unfinishedOffsets.remove(offset);
    }

    /** Orders are done with on other threads, also between a look whether there are any and a look at the first. */
    long committableOffset() {
        Long oldest = unfinishedOffsets.ceiling(0L);
        return oldest == null ? nextOffset : oldest;
    }

    String commitMetadata() {
        return backfilled.isEmpty() ? "" : backfilled.stream().collect(Collectors.joining(",", BACKFILLED_PREFIX, ""));
    }

    InitialBackfillState initialBackfillOf(TrackerName tracker) {
        return new InitialBackfillState() {
            @Override
            public boolean isPending() {
                return !backfilled.contains(tracker.value());
            }

            @Override
            public void markDone() {
                backfilled.add(tracker.value());
            }
        };
    }
}
