package io.gonkapulse.trackerpoller.trackerapi.json;

import java.math.BigDecimal;
import java.math.BigInteger;
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
import org.jspecify.annotations.Nullable;

/**
 * Parses single values of trackers. Numbers are 0 or more in any notation: {@code 3965}, {@code 3.965e3} and
 * {@code 3965.0} are equal. Times are those of Go (nine digits and Z) and of Python (UTC without a zone). Texts become
 * safe to store and show: no control characters, limited length.
 */
public final class JsonValueParser {

    private static final BigInteger MAX_NUMBER = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final int LONG_SAFE_DIGITS = 18;

    /** 1e999999999 is short, but needs hundreds of megabytes as an integer. */
    private static final int MAX_DIGITS = 30;

    private static final int MAX_NUMBER_LENGTH = 40;
    private static final int MAX_TIME_LENGTH = "2025-12-08T13:56:28.426061722+00:00".length();

    private static final DateTimeFormatter ZONE_OR_NONE = DateTimeFormatter.ofPattern("[XXX]");
    private static final DateTimeFormatter TIME_FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .append(ZONE_OR_NONE)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private JsonValueParser() {}

    /** Most numbers are plain digits; only others need a BigInteger. */
    static long parseLong(String text, String path) {
        if (isPlainNumber(text)) {
            return Long.parseLong(text);
        }
        BigInteger value = parseWhole(text, path);
        if (value.bitLength() > 63) {
            throw malformedNumber(path);
        }
        return value.longValue();
    }

    /** The chain counts with unsigned 64-bit numbers. */
    static BigInteger parseWhole(String text, String path) {
        if (isPlainNumber(text)) {
            return BigInteger.valueOf(Long.parseLong(text));
        }
        try {
            BigInteger value = parseDecimal(text, path).toBigIntegerExact();
            if (value.compareTo(MAX_NUMBER) <= 0) {
                return value;
            }
        } catch (ArithmeticException e) {
            throw malformedNumber(path);
        }
        throw malformedNumber(path);
    }

    static BigDecimal parseDecimal(String text, String path) {
        if (text.length() > MAX_NUMBER_LENGTH || !isAscii(text)) {
            throw malformedNumber(path);
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() >= 0
                    && value.precision() <= MAX_DIGITS
                    && Math.abs((long) value.scale()) <= MAX_DIGITS) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw malformedNumber(path);
        }
        throw malformedNumber(path);
    }

    /** BigDecimal would accept digits of other scripts. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static boolean isPlainNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONG_SAFE_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static MalformedValueException malformedNumber(String path) {
        return new MalformedValueException("Expected a number from 0 to 2^64-1 as " + path + ", got something else");
    }

    /** Checks the length and the first digit, because the formatter accepts signed and longer years. */
    static Instant parseTime(String text, String path) {
        try {
            if (text.length() <= MAX_TIME_LENGTH && Character.isDigit(text.charAt(0))) {
                return toInstant(TIME_FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from));
            }
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw malformedTime(path);
        }
        throw malformedTime(path);
    }

    private static Instant toInstant(TemporalAccessor moment) {
        return moment instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(moment).toInstant(ZoneOffset.UTC);
    }

    private static MalformedValueException malformedTime(String path) {
        return new MalformedValueException(
                "Expected a time such as 2025-12-08T13:56:28.426061722Z as " + path + ", got something else");
    }

    /** The text without unsafe characters, cut to a length; null when nothing remains. */
    public static @Nullable String sanitize(String text, int maxLength) {
        String clean = isPrintableAscii(text) ? text : removeUnsafe(text);
        String shown = cut(clean.strip(), maxLength);
        return shown.isEmpty() ? null : shown;
    }

    /** Most texts need no copy. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String removeUnsafe(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().filter(JsonValueParser::isHarmless).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isHarmless(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE && !isDirectionMark(character);
    }

    /** Bidirectional marks, which could reverse the text that follows them. */
    private static boolean isDirectionMark(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    /** Never splits a surrogate pair. */
    private static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        return text.substring(0, end).strip();
    }
}
