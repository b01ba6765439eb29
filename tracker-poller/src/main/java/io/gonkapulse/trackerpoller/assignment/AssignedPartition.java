package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * One assigned partition of the command topic and its trackers. The committed offset is that of the oldest unfinished
 * command. The commit metadata lists the trackers whose initial backfill is done.
 */
final class AssignedPartition {

    /** Stored in Kafka as commit metadata. A change would repeat all initial backfills. */
    private static final String BACKFILLED_PREFIX = "met=";

    private final ConcurrentSkipListSet<Long> unfinishedOffsets = new ConcurrentSkipListSet<>();
    private final Set<String> backfilled = new ConcurrentSkipListSet<>();
    private final Collection<TrackerName> trackers;
    private volatile long nextOffset;

    AssignedPartition(Collection<TrackerName> trackers, long nextOffset, String commitMetadata) {
        this.trackers = trackers;
        this.nextOffset = nextOffset;
        if (commitMetadata.startsWith(BACKFILLED_PREFIX)) {
            backfilled.addAll(
                    Set.of(commitMetadata.substring(BACKFILLED_PREFIX.length()).split(",")));
        }
    }

    Collection<TrackerName> trackers() {
        return trackers;
    }

    /** Tracks a received command; the returned action marks it as finished. */
    Runnable trackOffset(long offset) {
        unfinishedOffsets.add(offset);
        nextOffset = offset + 1;
        return () -> unfinishedOffsets.remove(offset);
    }

    /**
     * Safe while other threads finish commands: one call of ceiling() finds the oldest, where isEmpty() and first()
     * would race.
     */
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
