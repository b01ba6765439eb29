package io.gonkapulse.statswriter.snapshot;

import java.time.Instant;

/**
 * Which of two snapshots of a node is the newer one: a total order that depends on nothing but the two, so that their
 * order of arrival cannot matter. Times are in microseconds, because the database has no finer ones.
 *
 * @param fresh when the answer arrived, or the moment that it speaks of if it was old already
 * @param json the snapshot; it decides between those that are alike in all else, by a number made of the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the bytes' number; nobody asks whether two are equal
record Version(long fresh, long observed, long epoch, long inferences, byte[] json) implements Comparable<Version> {

    /**
     * The version of a snapshot.
     *
     * @param graceMicros how old an answer may be when it arrives and still count as fresh
     */
    static Version of(long fetched, long observed, long epoch, long inferences, byte[] json, long graceMicros) {
        boolean servedAgain = observed < fetched - graceMicros;
        return new Version(servedAgain ? observed : fetched, observed, epoch, inferences, json);
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** Reads all bytes, and is hardly ever needed: once for each node of a batch, and where all else is equal. */
    long tie() {
        long hash = json.length;
        for (byte one : json) {
            hash = hash * 1_099_511_628_211L + one;
        }
        return hash;
    }

    /** Once for each snapshot: the first difference ends it. */
    @Override
    public int compareTo(Version other) {
        if (fresh != other.fresh) {
            return Long.compare(fresh, other.fresh);
        }
        if (observed != other.observed) {
            return Long.compare(observed, other.observed);
        }
        if (epoch != other.epoch) {
            return Long.compare(epoch, other.epoch);
        }
        if (inferences != other.inferences) {
            return Long.compare(inferences, other.inferences);
        }
        return Long.compare(tie(), other.tie());
    }
}
