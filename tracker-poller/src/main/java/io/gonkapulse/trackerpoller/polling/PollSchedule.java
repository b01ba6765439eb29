package io.gonkapulse.trackerpoller.polling;

import java.time.Duration;
import java.time.Instant;

/**
 * The times at which a tracker is polled. Name and interval define a fixed grid: times do not drift, trackers are
 * spread, and the next poller keeps the times. A random delay of up to a tenth of the interval keeps other
 * installations out of step.
 */
public final class PollSchedule {

    /** Large enough to separate installations, small enough to keep polls regular. */
    private static final double JITTER_RATIO = 0.1;

    private final long intervalMillis;
    private final long phaseMillis;

    public PollSchedule(String tracker, Duration interval) {
        this.intervalMillis = interval.toMillis();
        this.phaseMillis = Math.floorMod(hash(tracker), intervalMillis);
    }

    /** The number of the last slot that is not after an instant. */
    public long slotAt(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli() - phaseMillis, intervalMillis);
    }

    /**
     * The time of a slot, with its delay.
     *
     * @param jitterShare from 0 up to 1
     */
    public Instant slotTime(long slot, double jitterShare) {
        long jitter = (long) (jitterShare * JITTER_RATIO * intervalMillis);
        return Instant.ofEpochMilli(phaseMillis + slot * intervalMillis + jitter);
    }

    /** The longest possible distance between two consecutive polls. */
    public Duration maxInterval() {
        return Duration.ofMillis(intervalMillis + (long) (JITTER_RATIO * intervalMillis));
    }

    /** FNV-1a, because names often differ in one letter. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 29);
    }
}
