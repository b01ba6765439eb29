package io.gonkapulse.contracts.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Parses UTC times such as {@code 2025-12-08T13:56:28.426061722Z}, the format of {@link Instant#toString}, without
 * allocating. {@link Instant#parse} is many times slower.
 */
final class TimestampParser {

    private static final int MIN_LENGTH = "2025-12-08T13:56:28Z".length();
    private static final int MAX_LENGTH = "2025-12-08T13:56:28.426061722Z".length();
    private static final int DECIMAL_POINT_OFFSET = "2025-12-08T13:56:28".length();

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private TimestampParser() {}

    /** Throws {@link DateTimeException} if the text is no such time or an impossible one. */
    static Instant parse(byte[] text, int offset, int length) {
        int ofDay = parseSecondOfDay(text, offset, length);
        return Instant.ofEpochSecond(
                parseEpochDay(text, offset) * SECONDS_PER_DAY + ofDay,
                parseNanos(text, offset + DECIMAL_POINT_OFFSET, length - DECIMAL_POINT_OFFSET - 1));
    }

    /**
     * The exact time of a text that was parsed to microseconds, without reading its date again.
     *
     * @param micros since 1970, rounded down
     */
    static Instant toInstant(long micros, byte[] text, int offset, int length) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                parseNanos(text, offset + DECIMAL_POINT_OFFSET, length - DECIMAL_POINT_OFFSET - 1));
    }

    private static long parseEpochDay(byte[] text, int offset) {
        if (text[offset + 4] != '-' || text[offset + 7] != '-' || text[offset + 10] != 'T') {
            throw invalidTime();
        }
        return LocalDate.of(
                        parseDigits(text, offset, 4),
                        parseDigits(text, offset + 5, 2),
                        parseDigits(text, offset + 8, 2))
                .toEpochDay();
    }

    private static int parseSecondOfDay(byte[] text, int offset, int length) {
        if (length < MIN_LENGTH
                || length > MAX_LENGTH
                || text[offset + 13] != ':'
                || text[offset + 16] != ':'
                || text[offset + length - 1] != 'Z') {
            throw invalidTime();
        }
        int hour = parseDigits(text, offset + 11, 2);
        int minute = parseDigits(text, offset + 14, 2);
        int second = parseDigits(text, offset + 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            throw invalidTime();
        }
        return hour * 3_600 + minute * 60 + second;
    }

    private static int parseNanos(byte[] text, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (length == 1 || text[offset] != '.') {
            throw invalidTime();
        }
        int nanos = parseDigits(text, offset + 1, length - 1);
        for (int decimals = length - 1; decimals < 9; decimals++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int parseDigits(byte[] text, int offset, int length) {
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw invalidTime();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static DateTimeException invalidTime() {
        return new DateTimeException("not a UTC time like 2025-12-08T13:56:28.426061722Z");
    }

    /** Parses to microseconds, and parses a date once for consecutive times of the same day. For one thread. */
    static final class DateCache {

        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final int TAIL_OFFSET = "2025-12-08T".length() - Long.BYTES;

        private long dateHead;
        private long dateTail;
        private long dateMicros;
        private boolean hasDate;

        /** Microseconds since 1970, rounded down. Throws what {@link #parse} throws. */
        long parseMicros(byte[] text, int offset, int length) {
            long ofDay = parseSecondOfDay(text, offset, length) * MICROS_PER_SECOND
                    + parseNanos(text, offset + DECIMAL_POINT_OFFSET, length - DECIMAL_POINT_OFFSET - 1) / 1_000;
            long head = (long) LONG.get(text, offset);
            long tail = (long) LONG.get(text, offset + TAIL_OFFSET);
            if (!hasDate || head != dateHead || tail != dateTail) {
                dateMicros = parseEpochDay(text, offset) * SECONDS_PER_DAY * MICROS_PER_SECOND;
                dateHead = head;
                dateTail = tail;
                hasDate = true;
            }
            return dateMicros + ofDay;
        }
    }
}
