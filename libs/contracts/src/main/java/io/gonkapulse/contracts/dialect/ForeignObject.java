package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.dialect.ForeignJsonReader.ForeignNumber;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * A JSON object whose fields are read by name. A field with the value null counts as absent. Errors name the path of
 * the field.
 */
record ForeignObject(String path, Map<String, Object> fields) {

    private static final int UUID_LENGTH = 36;
    private static final int MAX_QUOTE_LENGTH = 90;

    /** More digits than any duration has. */
    private static final int MAX_NUMBER_DIGITS = 30;

    boolean has(String name) {
        return find(name) != null;
    }

    /** Texts longer than the limit are cut off. */
    @Nullable
    String textOrNull(String name, int maxLength) {
        Object value = find(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return JobLimits.truncate(text, maxLength);
        }
        throw wrongType(name, "a string", value);
    }

    String text(String name, int maxLength) {
        String text = textOrNull(name, maxLength);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    UUID uuid(String name) {
        String text = text(name, 2 * UUID_LENGTH);
        UUID uuid = parseUuid(text);
        if (uuid == null) {
            throw badField(name, "a UUID", quote(text));
        }
        return uuid;
    }

    /** Null as well if the text is no UUID. */
    @Nullable
    UUID uuidOrNull(String name) {
        String text = textOrNull(name, 2 * UUID_LENGTH);
        return text == null ? null : parseUuid(text);
    }

    private static @Nullable UUID parseUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Instant time(String name) {
        Instant time = timeOrNull(name);
        if (time == null) {
            throw missing(name);
        }
        return time;
    }

    @Nullable
    Instant timeOrNull(String name) {
        String text = textOrNull(name, MAX_QUOTE_LENGTH);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw badField(name, "a time with an offset like 2025-12-08T13:56:28.426Z", quote(text));
        }
    }

    /** Rounded. A negative duration comes from a clock that was set back, and counts as 0. */
    @Nullable
    Long millisOrNull(String name) {
        Object value = find(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ForeignNumber number)) {
            throw wrongType(name, "a number of milliseconds", value);
        }
        try {
            BigDecimal millis = new BigDecimal(number.digits());
            if (millis.precision() > MAX_NUMBER_DIGITS || Math.abs(millis.scale()) > MAX_NUMBER_DIGITS) {
                throw new ArithmeticException("too many digits");
            }
            return Math.max(0, millis.setScale(0, RoundingMode.HALF_UP).longValueExact());
        } catch (NumberFormatException | ArithmeticException e) {
            throw badField(name, "a number of milliseconds", quote(number.digits()));
        }
    }

    @Nullable
    ForeignObject objectOrNull(String name) {
        Object value = find(name);
        return value == null ? null : toObject(name, value);
    }

    ForeignObject object(String name) {
        ForeignObject object = objectOrNull(name);
        if (object == null) {
            throw missing(name);
        }
        return object;
    }

    List<ForeignObject> objects(String name) {
        Object value = find(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw wrongType(name, "an array of objects", value);
        }
        List<ForeignObject> objects = new ArrayList<>();
        for (Object element : elements) {
            objects.add(toObject(name + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** Null, a text, {@link ForeignNumber}, a list, a map, or a token. */
    @Nullable
    Object find(String name) {
        Object value = fields.get(name);
        return value == JsonToken.VALUE_NULL ? null : value;
    }

    @SuppressWarnings("unchecked") // the reader creates no other maps
    private ForeignObject toObject(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new ForeignObject(path + name + ".", (Map<String, Object>) map);
        }
        throw wrongType(name, "an object", value);
    }

    private UndecodableMessageException missing(String name) {
        return new UndecodableMessageException(Reason.MISSING_FIELD, "Field " + path + name + " is missing", null);
    }

    UndecodableMessageException badField(String name, String expected, String got) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + path + name + ": expected " + expected + ", got " + got, null);
    }

    /** Adds the name of the field to the message of a refused value. */
    UndecodableMessageException badField(String name, IllegalArgumentException cause) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + path + name + ": " + cause.getMessage(), cause);
    }

    private UndecodableMessageException wrongType(String name, String expected, Object value) {
        String got = "null, true or false";
        if (value instanceof String) {
            got = "a string";
        } else if (value instanceof ForeignNumber) {
            got = "a number";
        } else if (value instanceof List) {
            got = "an array";
        } else if (value instanceof Map) {
            got = "an object";
        }
        return badField(name, expected, got);
    }

    private static String quote(String text) {
        return '"' + JobLimits.truncate(text, MAX_QUOTE_LENGTH) + '"';
    }
}
