package io.gonkapulse.apigateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads query parameters strictly: an unknown or invalid parameter is refused by name. Spring ignores unknown
 * parameters, so a misspelt filter would return unfiltered data.
 */
public final class RequestParameterReader {

    private static final int MAX_LENGTH = 255;

    private final Map<String, String[]> values;

    private RequestParameterReader(Map<String, String[]> values) {
        this.values = values;
    }

    /** Refuses parameters other than {@code known}. */
    public static RequestParameterReader of(HttpServletRequest request, String... known) {
        Set<String> unknown = new TreeSet<>(request.getParameterMap().keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            String first = unknown.iterator().next();
            String name = BadParameterException.shorten(first);
            throw new BadParameterException(
                    name, "Unknown parameter \"" + name + "\"; known parameters: " + String.join(", ", known));
        }
        return new RequestParameterReader(request.getParameterMap());
    }

    /** Requires text that the database can store. */
    public static String requireValidText(String name, String value) {
        return requireValidText(name, value, MAX_LENGTH);
    }

    /** Counts code points, like the database, not Java characters. */
    private static String requireValidText(String name, String value, int maxLength) {
        if (value.isBlank() || value.codePointCount(0, value.length()) > maxLength) {
            throw BadParameterException.expected(name, "1 to " + maxLength + " characters", value);
        }
        if (value.chars().anyMatch(Character::isISOControl) || hasLoneSurrogate(value)) {
            throw BadParameterException.expected(name, "printable characters", value);
        }
        return value;
    }

    public Optional<String> text(String name) {
        return text(name, MAX_LENGTH);
    }

    public Optional<String> text(String name, int maxLength) {
        String[] all = values.getOrDefault(name, new String[0]);
        if (all.length > 1) {
            throw new BadParameterException(name, name + ": expected once, got " + all.length + " times");
        }
        return Arrays.stream(all).findFirst().map(value -> requireValidText(name, value, maxLength));
    }

    /** Reads a parameter that may repeat. */
    public List<String> choices(String name, Set<String> known) {
        return Arrays.stream(values.getOrDefault(name, new String[0]))
                .map(value -> requireKnown(name, value, known))
                .distinct()
                .sorted()
                .toList();
    }

    public String choice(String name, Set<String> known, String defaultValue) {
        return text(name).map(value -> requireKnown(name, value, known)).orElse(defaultValue);
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(choice(name, Set.of("true", "false"), "false"));
    }

    public int number(String name, int min, int max, int defaultValue) {
        return text(name).map(value -> number(name, value, min, max)).orElse(defaultValue);
    }

    public LocalDate day(String name, LocalDate defaultValue) {
        return text(name).map(value -> day(name, value)).orElse(defaultValue);
    }

    private static String requireKnown(String name, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw BadParameterException.expected(name, "one of " + String.join(", ", new TreeSet<>(known)), value);
        }
        return value;
    }

    private static int number(String name, String value, int min, int max) {
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw BadParameterException.expected(name, "a whole number from " + min + " to " + max, value);
        }
        return Integer.parseInt(value);
    }

    private static LocalDate day(String name, String value) {
        try {
            if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(value);
            }
        } catch (DateTimeParseException e) {
            throw invalidDay(name, value);
        }
        throw invalidDay(name, value);
    }

    private static BadParameterException invalidDay(String name, String value) {
        return BadParameterException.expected(name, "a day such as 2026-01-31", value);
    }

    private static boolean hasLoneSurrogate(String value) {
        return value.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
