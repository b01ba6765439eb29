package io.gonkapulse.trackerpoller.polling;

import java.time.Duration;
import java.time.Instant;

/**
 * The times at which a tracker is due. They lie on a grid that a tracker's name and interval fix, so they do not drift,
 * two trackers seldom meet, and a new owner goes on where the old one stopped; each is shifted by up to a tenth of the
 * interval, so that pollers of different installations do not march in step either.
 */
public final class PollSchedule {

    private static final double JITTER_RATIO = 0.1;

    private final long intervalMillis;
    private final long phaseMillis;

    public PollSchedule(String tracker, Duration interval) {
        this.intervalMillis = interval.toMillis();
        this.phaseMillis = Math.floorMod(hash(tracker), intervalMillis);
    }

    /** Number of the last point of the grid that is not after an instant. */
    public long slotAt(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli() - phaseMillis, intervalMillis);
    }

    /**
     * When a beat is due.
     *
     * @param jitterShare from 0 up to 1
     */
    public Instant slotTime(long slot, double jitterShare) {
        long jitter = (long) (jitterShare * JITTER_RATIO * intervalMillis);
        return Instant.ofEpochMilli(phaseMillis + slot * intervalMillis + jitter);
    }

    /** No two beats that follow each other lie further apart. */
    public Duration maxInterval() {
        return Duration.ofMillis(intervalMillis + (long) (JITTER_RATIO * intervalMillis));
    }

    /** Spreads names that differ in one letter. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 29);
    }
}
