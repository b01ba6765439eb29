package io.gonkapulse.contracts.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** UTC times as {@code 2025-12-08T13:56:28.426061722Z}: what {@link Instant} prints, many times faster to read. */
final class Timestamps {

    private static final int SHORTEST = "2025-12-08T13:56:28Z".length();
    private static final int LONGEST = "2025-12-08T13:56:28.426061722Z".length();
    private static final int POINT = "2025-12-08T13:56:28".length();

    private static final long SECONDS_OF_DAY = 86_400;
    private static final long MICROS = 1_000_000;

    private Timestamps() {}

    /** Refuses, with a {@link DateTimeException}, what is not such a time or never was. */
    static Instant parse(byte[] text, int offset, int length) {
        int ofDay = secondOfDay(text, offset, length);
        return Instant.ofEpochSecond(
                epochDay(text, offset) * SECONDS_OF_DAY + ofDay, nanos(text, offset + POINT, length - POINT - 1));
    }

    /** The same in microseconds since 1970; what is smaller is cut. */
    static long micros(byte[] text, int offset, int length) {
        long ofDay = microsOfDay(text, offset, length);
        return microsOfDate(text, offset) + ofDay;
    }

    /** Of a time that {@link #microsOfDay} did not refuse; looks at the eleven bytes up to the T. */
    static long microsOfDate(byte[] text, int offset) {
        return epochDay(text, offset) * SECONDS_OF_DAY * MICROS;
    }

    /** Looks at everything but the date. */
    static long microsOfDay(byte[] text, int offset, int length) {
        return secondOfDay(text, offset, length) * MICROS + nanos(text, offset + POINT, length - POINT - 1) / 1_000;
    }

    private static long epochDay(byte[] text, int offset) {
        if (text[offset + 4] != '-' || text[offset + 7] != '-' || text[offset + 10] != 'T') {
            throw notATime();
        }
        return LocalDate.of(digits(text, offset, 4), digits(text, offset + 5, 2), digits(text, offset + 8, 2))
                .toEpochDay();
    }

    private static int secondOfDay(byte[] text, int offset, int length) {
        if (length < SHORTEST
                || length > LONGEST
                || text[offset + 13] != ':'
                || text[offset + 16] != ':'
                || text[offset + length - 1] != 'Z') {
            throw notATime();
        }
        int hour = digits(text, offset + 11, 2);
        int minute = digits(text, offset + 14, 2);
        int second = digits(text, offset + 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            throw notATime();
        }
        return hour * 3_600 + minute * 60 + second;
    }

    private static int nanos(byte[] text, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (length == 1 || text[offset] != '.') {
            throw notATime();
        }
        int nanos = digits(text, offset + 1, length - 1);
        for (int decimals = length - 1; decimals < 9; decimals++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int digits(byte[] text, int offset, int length) {
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw notATime();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static DateTimeException notATime() {
        return new DateTimeException("not a UTC time like 2025-12-08T13:56:28.426061722Z");
    }
}
