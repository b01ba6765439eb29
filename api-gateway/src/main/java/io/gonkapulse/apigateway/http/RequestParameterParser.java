package io.gonkapulse.apigateway.http;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Parses values of parameters strictly. Spring's conversion is lenient: it would read {@code limit=0x10} as 16 and
 * {@code fill=on} as true.
 */
public final class RequestParameterParser {

    /** In characters, the length of an identifier in the database. */
    static final int MAX_LENGTH = 255;

    private static final int MAX_PAGE_SIZE = 500;

    private RequestParameterParser() {}

    /** Whether the database can store the text. */
    public static boolean isValidText(String value) {
        return isOfLength(value, MAX_LENGTH) && isPrintable(value);
    }

    /** Requires text that the database can store. */
    public static String requireValidText(String name, String value) {
        return requireValidText(name, value, MAX_LENGTH);
    }

    static String requireValidText(String name, String value, int maxLength) {
        if (!isOfLength(value, maxLength)) {
            throw ApiException.badParameter(name, "1 to " + maxLength + " characters", value);
        }
        if (!isPrintable(value)) {
            throw ApiException.badParameter(name, "printable characters", value);
        }
        return value;
    }

    /** Counts code points, like the database, not Java characters. */
    private static boolean isOfLength(String value, int maxLength) {
        return !value.isBlank() && value.codePointCount(0, value.length()) <= maxLength;
    }

    private static boolean isPrintable(String value) {
        return value.codePoints()
                .noneMatch(point -> Character.isISOControl(point)
                        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    public static String requireChoice(String name, String value, Collection<String> choices) {
        if (!choices.contains(value)) {
            throw ApiException.badParameter(name, "one of " + String.join(", ", new TreeSet<>(choices)), value);
        }
        return value;
    }

    public static boolean parseFlag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.badParameter(name, "one of false, true", value);
        };
    }

    public static int parseNumber(String name, String value, int min, int max) {
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw ApiException.badParameter(name, "a whole number from " + min + " to " + max, value);
        }
        return Integer.parseInt(value);
    }

    /** Parses the parameter {@code limit} of a list. */
    public static int parsePageSize(String value) {
        return parseNumber("limit", value, 1, MAX_PAGE_SIZE);
    }

    public static LocalDate parseDay(String name, String value) {
        try {
            if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(value);
            }
        } catch (DateTimeParseException e) {
            throw invalidDay(name, value);
        }
        throw invalidDay(name, value);
    }

    private static ApiException invalidDay(String name, String value) {
        return ApiException.badParameter(name, "a day such as 2026-01-31", value);
    }
}
