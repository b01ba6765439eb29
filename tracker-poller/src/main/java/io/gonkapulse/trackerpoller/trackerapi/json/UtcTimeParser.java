package io.gonkapulse.trackerpoller.trackerapi.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Parses times of Go (nine digits and Z) and Python (UTC without a zone). */
final class UtcTimeParser {

    private static final int MAX_LENGTH = "2025-12-08T13:56:28.426061722+00:00".length();

    private static final DateTimeFormatter ZONE_OR_NONE = DateTimeFormatter.ofPattern("[XXX]");
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .append(ZONE_OR_NONE)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private UtcTimeParser() {}

    /** Checks the length and the first digit, because the formatter accepts signed and longer years. */
    static Instant parse(String text, String path) {
        try {
            if (text.length() <= MAX_LENGTH && Character.isDigit(text.charAt(0))) {
                return instant(FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from));
            }
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw malformed(path);
        }
        throw malformed(path);
    }

    private static Instant instant(TemporalAccessor moment) {
        return moment instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(moment).toInstant(ZoneOffset.UTC);
    }

    private static MalformedValueException malformed(String path) {
        return new MalformedValueException(
                "Expected a time such as 2025-12-08T13:56:28.426061722Z as " + path + ", got something else");
    }
}
