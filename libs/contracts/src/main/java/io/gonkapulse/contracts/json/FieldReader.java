package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.UndecodableMessageException.badField;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Reads one flat JSON object: known fields by their types, each once and in any order; unknown ones are passed over.
 * What it refuses, nobody accepts.
 */
final class FieldReader {

    static final int VERSION = 1;

    /** A number such as 1e999999999 is short to write and fills the memory of whoever rounds it. */
    private static final int MOST_DIGITS = 30;

    private final JsonFactory factory;
    private final PropertyNameMatcher names;
    private final Field[] fields;
    private final Field versionField;

    FieldReader(JsonFactory factory, Field[] fields) {
        this.factory = factory;
        this.fields = fields.clone();
        this.versionField = fields[0];
        this.names = factory.constructNameMatcher(
                Arrays.stream(fields)
                        .map(field -> Named.fromString(field.jsonName()))
                        .toList(),
                false);
    }

    FieldValues read(byte[] json) {
        FieldValues values = new FieldValues(fields.length);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            require(JsonToken.START_OBJECT, parser.nextToken());
            readFields(parser, values);
            require(null, parser.nextToken());
        } catch (JacksonException e) {
            throw new UndecodableMessageException(Reason.NOT_JSON, "Not a JSON object: " + e.getOriginalMessage(), e);
        }
        if (!values.has(versionField)) {
            throw UndecodableMessageException.missing(versionField);
        }
        return values;
    }

    private void readFields(JsonParser parser, FieldValues values) {
        while (true) {
            int match = parser.nextNameMatch(names);
            if (match >= 0) {
                readField(parser, fields[match], values);
            } else if (match == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                return;
            }
        }
    }

    private void readField(JsonParser parser, Field field, FieldValues values) {
        if (values.has(field)) {
            throw badField(field, "it once", "it twice");
        }
        JsonToken token = parser.nextToken();
        switch (field.type()) {
            case TEXT, WORD -> values.put(field, text(parser, token, field));
            case WHOLE -> values.put(field, whole(parser, token, field));
            case DECIMAL -> values.put(field, decimal(parser, token, field));
            case AMOUNT -> values.put(field, amount(parser, token, field));
            case INSTANT -> values.put(field, instant(parser, token, field));
            case FLAG -> values.put(field, flag(token, field) ? 1 : 0);
            case COUNTS -> values.put(field, counts(parser, token, field));
        }
        if (field == versionField && values.whole(field) != VERSION) {
            throw new UndecodableMessageException(
                    Reason.UNKNOWN_VERSION,
                    "Expected schema version " + VERSION + ", got " + values.whole(field)
                            + "; a newer program wrote this: upgrade this one",
                    null);
        }
    }

    private static String text(JsonParser parser, JsonToken token, Field field) {
        requireType(token, JsonToken.VALUE_STRING, field, "a string");
        return parser.getString();
    }

    private static long whole(JsonParser parser, JsonToken token, Field field) {
        requireType(token, JsonToken.VALUE_NUMBER_INT, field, "a whole number");
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
            throw badField(field, "a whole number from 0 to 2^63-1", parser.getString());
        }
        return parser.getLongValue();
    }

    private static BigDecimal decimal(JsonParser parser, JsonToken token, Field field) {
        if (token != JsonToken.VALUE_NUMBER_FLOAT) {
            requireType(token, JsonToken.VALUE_NUMBER_INT, field, "a number");
        }
        BigDecimal value = parser.getDecimalValue();
        if (value.signum() < 0 || value.precision() > MOST_DIGITS || Math.abs(value.scale()) > MOST_DIGITS) {
            throw badField(field, "a number of 0 or more with at most " + MOST_DIGITS + " digits", "another");
        }
        return value;
    }

    private static Ngonka amount(JsonParser parser, JsonToken token, Field field) {
        requireType(token, JsonToken.VALUE_STRING, field, "whole ngonka as a string");
        try {
            String digits = parser.getString();
            if (digits.startsWith("-")) {
                throw badField(field, "whole ngonka, 0 or more", "a negative amount");
            }
            return Ngonka.parse(digits);
        } catch (NumberFormatException e) {
            throw badField(field, e);
        }
    }

    private static Instant instant(JsonParser parser, JsonToken token, Field field) {
        requireType(token, JsonToken.VALUE_STRING, field, "a UTC time as a string");
        try {
            byte[] text = parser.getString().getBytes(UTF_8);
            return Timestamps.parse(text, 0, text.length);
        } catch (DateTimeException e) {
            throw badField(field, "a UTC time like 2025-12-08T13:56:28.426061722Z", parser.getString());
        }
    }

    private static boolean flag(JsonToken token, Field field) {
        if (token != JsonToken.VALUE_TRUE) {
            requireType(token, JsonToken.VALUE_FALSE, field, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Map<String, Long> counts(JsonParser parser, JsonToken token, Field field) {
        requireType(token, JsonToken.START_OBJECT, field, "an object of whole numbers");
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (counts.put(name, whole(parser, parser.nextToken(), field)) != null) {
                throw badField(field, "each name once", '"' + name + "\" twice");
            }
        }
        return counts;
    }

    private static void require(@Nullable JsonToken expected, @Nullable JsonToken token) {
        if (token != expected) {
            throw new UndecodableMessageException(
                    Reason.NOT_JSON, "Expected one JSON object and nothing else, got " + token, null);
        }
    }

    private static void requireType(JsonToken token, JsonToken expected, Field field, String inWords) {
        if (token != expected) {
            throw badField(field, inWords, String.valueOf(token));
        }
    }
}
