package io.gonkapulse.networksimulator.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Formats instants as the APIs do, which are written in Go and in Python. */
final class ApiTimeFormatter {

    static final String UNIX_EPOCH = "1970-01-01T00:00:00Z";

    private static final DateTimeFormatter NANOS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ApiTimeFormatter() {}

    /** RFC 3339 with up to nine fraction digits and no trailing zeros. */
    static String formatGo(Instant instant) {
        return NANOS.format(instant);
    }

    /** Local date and time in UTC without a zone, as Python's {@code isoformat} of a naive value. */
    static String formatPython(Instant instant) {
        return MICROS.format(instant);
    }
}
