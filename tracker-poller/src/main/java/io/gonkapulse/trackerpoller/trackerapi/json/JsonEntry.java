package io.gonkapulse.trackerpoller.trackerapi.json;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requested values of one JSON object. Numbers may be strings and strings may be numbers; null counts as missing.
 * Other types are malformed. Not thread-safe.
 */
public final class JsonEntry {

    private static final Object NULL = new Object();

    /** A text, a boolean, a list of texts or {@link #NULL}. */
    private final Map<String, Object> values = new HashMap<>();

    /** Only the first problem, because it often causes the others. */
    private @Nullable String invalidReason;

    void put(String path, Object value) {
        values.put(path, value);
    }

    void putNull(String path) {
        values.put(path, NULL);
    }

    void markInvalid(String path, String expected, String got) {
        values.putIfAbsent(path, NULL);
        if (invalidReason == null) {
            invalidReason = "Expected " + expected + " as " + path + ", got " + got;
        }
    }

    /** Whether the field exists, even if null. */
    public boolean has(String path) {
        return values.containsKey(path);
    }

    /**
     * Rejects an object with a duplicate field or an unexpected structure.
     *
     * @throws MalformedValueException with the first problem
     */
    public void requireValid() {
        if (invalidReason != null) {
            throw new MalformedValueException(invalidReason);
        }
    }

    /** A whole number of 0 or more; null if missing. */
    public @Nullable Long number(String path) {
        String digits = scalar(path);
        return digits == null ? null : (Long) JsonValueParser.parseLong(digits, path);
    }

    /** A whole number of 0 or more; must exist. */
    public long requiredNumber(String path) {
        Long number = number(path);
        if (number == null) {
            throw new MalformedValueException("Expected a whole number as " + path + ", got none");
        }
        return number;
    }

    /** A whole number of 0 or more; 0 if missing. */
    public long numberOrZero(String path) {
        Long number = number(path);
        return number == null ? 0 : number;
    }

    /** Whole ngonka; 0 if missing. */
    public Ngonka ngonka(String path) {
        String digits = scalar(path);
        if (digits == null) {
            return Ngonka.ZERO;
        }
        BigInteger amount = JsonValueParser.parseWhole(digits, path);
        return amount.signum() == 0 ? Ngonka.ZERO : new Ngonka(amount);
    }

    /** A decimal of 0 or more with a bounded size; null if missing. */
    public @Nullable BigDecimal decimal(String path) {
        String digits = scalar(path);
        return digits == null ? null : JsonValueParser.parseDecimal(digits, path);
    }

    /** Sanitized and truncated; null if missing or empty. */
    public @Nullable String text(String path, int longest) {
        String text = scalar(path);
        return text == null ? null : JsonValueParser.sanitize(text, longest);
    }

    /** Sanitized and truncated, without empty texts and duplicates; empty if missing. */
    public List<String> texts(String path, int longest) {
        if (!(values.get(path) instanceof List<?> texts)) {
            return List.of();
        }
        return texts.stream()
                .map(text -> JsonValueParser.sanitize(text.toString(), longest))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    public @Nullable Boolean flag(String path) {
        Object value = values.getOrDefault(path, NULL);
        if (value == NULL || value instanceof Boolean) {
            return value instanceof Boolean flag ? flag : null;
        }
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedValueException("Expected true or false as " + path + ", got another word");
        };
    }

    /** A time; UTC if it has no zone; null if missing. */
    public @Nullable Instant time(String path) {
        String text = scalar(path);
        return text == null ? null : JsonValueParser.parseTime(text, path);
    }

    /** A boolean is neither a text nor a number. */
    private @Nullable String scalar(String path) {
        Object value = values.getOrDefault(path, NULL);
        if (value instanceof Boolean) {
            throw new MalformedValueException("Expected a text or a number as " + path + ", got " + value);
        }
        return value == NULL ? null : value.toString();
    }
}
