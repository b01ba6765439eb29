package io.gonkapulse.trackerpoller.own;

import io.gonkapulse.contracts.TrackerName;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * One partition of the orders, and with it some trackers. What is committed for it is the oldest order that is not done
 * with; the text beside the commit names the trackers that have been met.
 */
final class Share {

    private static final String MET = "met=";

    private final ConcurrentSkipListSet<Long> unfinished = new ConcurrentSkipListSet<>();
    private final Set<String> met = new ConcurrentSkipListSet<>();
    private final Collection<TrackerName> trackers;
    private volatile long next;

    Share(Collection<TrackerName> trackers, long next, String note) {
        this.trackers = trackers;
        this.next = next;
        if (note.startsWith(MET)) {
            met.addAll(Set.of(note.substring(MET.length()).split(",")));
        }
    }

    Collection<TrackerName> trackers() {
        return trackers;
    }

    /** Notes an order, and gives what is to be called when it is done with. */
    Runnable received(long offset) {
        unfinished.add(offset);
        next = offset + 1;
        return () -> unfinished.remove(offset);
    }

    /** Orders are done with on other threads, also between a look whether there are any and a look at the first. */
    long position() {
        Long oldest = unfinished.ceiling(0L);
        return oldest == null ? next : oldest;
    }

    String note() {
        return met.isEmpty() ? "" : met.stream().collect(Collectors.joining(",", MET, ""));
    }

    FirstMeeting meetingWith(TrackerName tracker) {
        return new FirstMeeting() {
            @Override
            public boolean isDue() {
                return !met.contains(tracker.value());
            }

            @Override
            public void done() {
                met.add(tracker.value());
            }
        };
    }
}
