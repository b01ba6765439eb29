package io.gonkapulse.statswriter.snapshot;

import java.time.Instant;

/**
 * Which of two snapshots of a node is the newer one: a total order that depends on nothing but the two, so that their
 * order of arrival cannot matter. Times are in microseconds, because the database has no finer ones.
 *
 * @param effectiveMicros when the answer arrived, or the moment that it speaks of if it was old already
 * @param json the snapshot; it decides between those that are alike in all else, by a number made of the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the bytes' number; nobody asks whether two are equal
record SnapshotVersion(long effectiveMicros, long observedMicros, long epoch, long inferences, byte[] json)
        implements Comparable<SnapshotVersion> {

    /**
     * The version of a snapshot.
     *
     * @param graceMicros how old an answer may be when it arrives and still count as fresh
     */
    static SnapshotVersion of(
            long fetchedMicros, long observedMicros, long epoch, long inferences, byte[] json, long graceMicros) {
        boolean outdated = observedMicros < fetchedMicros - graceMicros;
        return new SnapshotVersion(outdated ? observedMicros : fetchedMicros, observedMicros, epoch, inferences, json);
    }

    static long toMicros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Reads all bytes, and is hardly ever needed: once for each node of a batch, and where all else is equal. */
    long tieBreaker() {
        long hash = json.length;
        for (byte one : json) {
            hash = hash * 1_099_511_628_211L + one;
        }
        return hash;
    }

    /** Once for each snapshot: the first difference ends it. */
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
