package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.LiveSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Which of two snapshots of a node is the newer one: a total order that depends on nothing but the two, so that their
 * order of arrival cannot matter. Times are in microseconds, because the database has no finer ones.
 *
 * @param fresh when the answer arrived, or the moment that it speaks of if it was old already
 * @param tie a number made of the bytes
 */
record Version(long fresh, long observed, long epoch, long inferences, long tie) implements Comparable<Version> {

    private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::fresh)
            .thenComparingLong(Version::observed)
            .thenComparingLong(Version::epoch)
            .thenComparingLong(Version::inferences)
            .thenComparingLong(Version::tie);

    /**
     * The version of a snapshot.
     *
     * @param grace how old an answer may be when it arrives and still count as fresh
     */
    static Version of(LiveSnapshot snapshot, byte[] json, Duration grace) {
        Instant fetchedAt = snapshot.origin().fetchedAt();
        Instant observedAt = snapshot.origin().observedAt();
        boolean servedAgain = observedAt.isBefore(fetchedAt.minus(grace));
        return new Version(
                micros(servedAgain ? observedAt : fetchedAt),
                micros(observedAt),
                snapshot.epoch(),
                snapshot.counters().inferences(),
                hash(json));
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static long hash(byte[] json) {
        long hash = json.length;
        for (byte one : json) {
            hash = hash * 1_099_511_628_211L + one;
        }
        return hash;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
