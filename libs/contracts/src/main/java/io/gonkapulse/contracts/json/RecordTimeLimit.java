package io.gonkapulse.contracts.json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a record that contains a time after its own timestamp. The newest time wins in several tables, so one time
 * from the future would block a row. The check uses the record's timestamp and no clock, so that a replay decides the
 * same.
 *
 * @param timestamp of the record, in milliseconds since 1970
 */
record RecordTimeLimit(long timestamp) {

    /**
     * The tolerated difference between the clocks of two hosts. The broker refuses timestamps that are further ahead of
     * its own clock.
     */
    static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private static final long MAX_AHEAD_MILLIS = MAX_AHEAD.toMillis();
    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000 - MAX_AHEAD_MILLIS;

    /** The latest time that the record may contain, in microseconds since 1970. */
    static long latestMicros(long timestamp) {
        return (Math.min(timestamp, MAX_MILLIS) + MAX_AHEAD_MILLIS) * 1_000;
    }

    /** Microseconds since 1970, rounded down. */
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
