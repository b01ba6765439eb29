package io.gonkapulse.contracts.json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a record says happened before it was sent. Newest wins in several tables, so one time from the future would freeze
 * a row. The rule compares with the record's own timestamp and reads no clock, so that a replay decides alike.
 *
 * @param timestamp of the record, in milliseconds since 1970
 */
record RecordTimeLimit(long timestamp) {

    /** Clocks of two hosts differ. The topics refuse timestamps that are further ahead of the broker's clock. */
    static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private static final long MAX_AHEAD_MILLIS = MAX_AHEAD.toMillis();
    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000 - MAX_AHEAD_MILLIS;

    /** The latest time that the record may speak of, in microseconds since 1970. */
    static long latestMicros(long timestamp) {
        return (Math.min(timestamp, MAX_MILLIS) + MAX_AHEAD_MILLIS) * 1_000;
    }

    /** What is smaller is cut. */
    static long toMicros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    void requireNotAhead(MessageField field, @Nullable Instant time) {
        long latest = latestMicros(timestamp);
        if (time != null && toMicros(time) > latest) {
            String latestTime = Instant.EPOCH.plus(latest, ChronoUnit.MICROS).toString();
            throw UndecodableMessageException.timeAhead(field, time.toString(), latestTime);
        }
    }
}
