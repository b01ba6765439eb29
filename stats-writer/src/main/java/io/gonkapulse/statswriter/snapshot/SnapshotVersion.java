package io.gonkapulse.statswriter.snapshot;

import java.time.Instant;

/**
 * Decides which of two snapshots of a node is newer. The total order depends on the two snapshots
 * only, so their order of arrival has no effect. Times are in microseconds, the precision of
 * PostgreSQL.
 *
 * @param effectiveMicros arrival time, or the observation time of a response that was already old
 *      on arrival
 * @param json the encoded snapshot; a hash of it orders snapshots that are equal in everything else
 */
@SuppressWarnings("ArrayRecordComponent") // ordered by a hash of the bytes; equals is never used
record SnapshotVersion(long effectiveMicros, long observedMicros, long epoch, long inferences, byte[] json)
        implements Comparable<SnapshotVersion> {

    /**
     * Creates the version of a snapshot.
     *
     * @param graceMicros maximum age on arrival that still counts as fresh
     */
    static SnapshotVersion of(
            long fetchedMicros, long observedMicros, long epoch, long inferences, byte[] json, long graceMicros) {
        boolean outdated = observedMicros < fetchedMicros - graceMicros;
        return new SnapshotVersion(outdated ? observedMicros : fetchedMicros, observedMicros, epoch, inferences, json);
    }

    static long toMicros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Reads all bytes. Runs once per node of a batch, and for snapshots that are equal in everything else. */
    long tieBreaker() {
        long hash = json.length;
        for (byte one : json) {
            hash = hash * 1_099_511_628_211L + one;
        }
        return hash;
    }

    /** Runs once per snapshot and stops at the first difference. */
    @Override
    public int compareTo(SnapshotVersion other) {
        if (effectiveMicros != other.effectiveMicros) {
            return Long.compare(effectiveMicros, other.effectiveMicros);
        }
        if (observedMicros != other.observedMicros) {
            return Long.compare(observedMicros, other.observedMicros);
        }
        if (epoch != other.epoch) {
            return Long.compare(epoch, other.epoch);
        }
        if (inferences != other.inferences) {
            return Long.compare(inferences, other.inferences);
        }
        return Long.compare(tieBreaker(), other.tieBreaker());
    }
}
