package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.UndecodableMessageException.badField;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * Reads one JSON object: known fields by their types, each at most once and in any order. Unknown fields are skipped, so that a newer writer can add fields. This reader is the authority: what it refuses, every other reader
 * refuses.
 */
final class JsonFieldReader {

    static final int VERSION = 1;

    /** A number such as 1e999999999 is short in JSON, but needs gigabytes when it is rounded. */
    private static final int MAX_DIGITS = 30;

    private final JsonFactory factory;
    private final PropertyNameMatcher nameMatcher;
    private final MessageField[] fields;
    private final @Nullable MessageField versionField;
    private final @Nullable JsonFieldReader[] nestedReaders;

    /** The first field is the version. */
    JsonFieldReader(JsonFactory factory, MessageField[] fields) {
        this(factory, fields, fields[0]);
    }

    private JsonFieldReader(JsonFactory factory, MessageField[] fields, @Nullable MessageField versionField) {
        this.factory = factory;
        this.fields = fields.clone();
        this.versionField = versionField;
        this.nestedReaders = new JsonFieldReader[fields.length];
        for (MessageField field : fields) {
            if (field.nested().length > 0) {
                nestedReaders[field.ordinal()] = new JsonFieldReader(factory, field.nested(), null);
            }
        }
        this.nameMatcher = factory.constructNameMatcher(
                Arrays.stream(fields)
                        .map(field -> Named.fromString(field.jsonName()))
                        .toList(),
                false);
    }

    /** Reads exactly one object: bytes after it are an error, because they hint at a truncated or merged record. */
    ParsedFieldValues read(byte[] json) {
        ParsedFieldValues values = new ParsedFieldValues(fields.length);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            requireToken(JsonToken.START_OBJECT, parser.nextToken());
            readFields(parser, values);
            requireToken(null, parser.nextToken());
        } catch (JacksonException e) {
            throw new UndecodableMessageException(Reason.NOT_JSON, "Not a JSON object: " + e.getOriginalMessage(), e);
        }
        if (versionField != null && !values.has(versionField)) {
            throw UndecodableMessageException.missingField(versionField);
        }
        return values;
    }

    private void readFields(JsonParser parser, ParsedFieldValues values) {
        while (true) {
            int match = parser.nextNameMatch(nameMatcher);
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

    private void readField(JsonParser parser, MessageField field, ParsedFieldValues values) {
        if (values.has(field)) {
            throw badField(field, "it once", "it twice");
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL && field.acceptsNull()) {
            return;
        }
        switch (field.type()) {
            case TEXT, SHARED_TEXT -> values.put(field, readText(parser, token, field));
            case TEXTS -> values.put(field, readTexts(parser, token, field));
            case INTEGER -> values.put(field, readInteger(parser, token, field));
            case DECIMAL -> values.put(field, readDecimal(parser, token, field));
            case AMOUNT -> values.put(field, readAmount(parser, token, field));
            case INSTANT -> values.put(field, readInstant(parser, token, field));
            case FLAG -> values.put(field, readFlag(token, field) ? 1 : 0);
            case COUNTS -> values.put(field, readCounts(parser, token, field));
            case OBJECT -> values.put(field, readObject(parser, token, field));
            case OBJECTS -> values.put(field, readObjects(parser, token, field));
            case JSON -> values.put(field, readJson(parser, token, field));
        }
        if (field == versionField && values.integer(field) != VERSION) {
            throw new UndecodableMessageException(
                    Reason.UNKNOWN_VERSION,
                    "Expected schema version " + VERSION + ", got " + values.integer(field)
                            + "; a newer program wrote this: upgrade this one",
                    null);
        }
    }

    private static String readText(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.VALUE_STRING, field, "a string");
        return parser.getString();
    }

    private static List<String> readTexts(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.START_ARRAY, field, "an array of strings");
        List<String> texts = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            texts.add(readText(parser, next, field));
        }
        return texts;
    }

    private static long readInteger(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.VALUE_NUMBER_INT, field, "a whole number");
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
            throw badField(field, "a whole number from 0 to 2^63-1", parser.getString());
        }
        return parser.getLongValue();
    }

    private static BigDecimal readDecimal(JsonParser parser, JsonToken token, MessageField field) {
        if (token != JsonToken.VALUE_NUMBER_FLOAT) {
            requireType(token, JsonToken.VALUE_NUMBER_INT, field, "a number");
        }
        BigDecimal value = parser.getDecimalValue();
        if (value.signum() < 0 || value.precision() > MAX_DIGITS || Math.abs(value.scale()) > MAX_DIGITS) {
            throw badField(field, "a number of 0 or more with at most " + MAX_DIGITS + " digits", "another");
        }
        return value;
    }

    private static Ngonka readAmount(JsonParser parser, JsonToken token, MessageField field) {
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

    private static Instant readInstant(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.VALUE_STRING, field, "a UTC time as a string");
        try {
            byte[] text = parser.getString().getBytes(UTF_8);
            return TimestampParser.parse(text, 0, text.length);
        } catch (DateTimeException e) {
            throw badField(field, "a UTC time like 2025-12-08T13:56:28.426061722Z", parser.getString());
        }
    }

    private static boolean readFlag(JsonToken token, MessageField field) {
        if (token != JsonToken.VALUE_TRUE) {
            requireType(token, JsonToken.VALUE_FALSE, field, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Map<String, Long> readCounts(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.START_OBJECT, field, "an object of whole numbers");
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (counts.put(name, readInteger(parser, parser.nextToken(), field)) != null) {
                throw badField(field, "each name once", '"' + name + "\" twice");
            }
        }
        return counts;
    }

    private ParsedFieldValues readObject(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.START_OBJECT, field, "an object");
        JsonFieldReader reader = requireNonNull(nestedReaders[field.ordinal()]);
        ParsedFieldValues values = new ParsedFieldValues(reader.fields.length);
        reader.readFields(parser, values);
        return values;
    }

    private List<ParsedFieldValues> readObjects(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.START_ARRAY, field, "an array of objects");
        List<ParsedFieldValues> objects = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            objects.add(readObject(parser, next, field));
        }
        return objects;
    }

    private String readJson(JsonParser parser, JsonToken token, MessageField field) {
        requireType(token, JsonToken.START_OBJECT, field, "an object");
        try {
            return StorableJsonCopier.copyObject(factory, parser);
        } catch (IllegalArgumentException e) {
            throw badField(field, e);
        }
    }

    private static void requireToken(@Nullable JsonToken expected, @Nullable JsonToken token) {
        if (token != expected) {
            throw new UndecodableMessageException(
                    Reason.NOT_JSON, "Expected one JSON object and nothing else, got " + token, null);
        }
    }

    /** The message names the expected and the received token, but never the value, which may be huge. */
    private static void requireType(JsonToken token, JsonToken expected, MessageField field, String description) {
        if (token != expected) {
            throw badField(field, description, String.valueOf(token));
        }
    }

    /** Numbers are in an array of their own, so that they are not boxed. */
    static final class ParsedFieldValues implements FieldValues {

        private final long[] numbers;
        private final @Nullable Object[] objects;
        private long present;

        private ParsedFieldValues(int fields) {
            numbers = new long[fields];
            objects = new Object[fields];
        }

        private void put(MessageField field, long number) {
            numbers[field.ordinal()] = number;
            present |= 1L << field.ordinal();
        }

        private void put(MessageField field, Object value) {
            objects[field.ordinal()] = value;
            present |= 1L << field.ordinal();
        }

        /** One bit for each field, so a message may have up to 64 fields. */
        @Override
        public boolean has(MessageField field) {
            return (present >>> field.ordinal() & 1) != 0;
        }

        @Override
        public long integer(MessageField field) {
            requirePresent(field);
            return numbers[field.ordinal()];
        }

        @Override
        public String text(MessageField field) {
            return (String) value(field);
        }

        @Override
        @SuppressWarnings("unchecked") // readField stores only this type for such a field
        public List<String> texts(MessageField field) {
            return (List<String>) value(field);
        }

        @Override
        public Instant instant(MessageField field) {
            return (Instant) value(field);
        }

        @Override
        public Ngonka amount(MessageField field) {
            return (Ngonka) value(field);
        }

        @Override
        public BigDecimal decimal(MessageField field) {
            return (BigDecimal) value(field);
        }

        ParsedFieldValues object(MessageField field) {
            return (ParsedFieldValues) value(field);
        }

        @SuppressWarnings("unchecked") // readField stores only this type for such a field
        List<ParsedFieldValues> objects(MessageField field) {
            return (List<ParsedFieldValues>) value(field);
        }

        @SuppressWarnings("unchecked") // readField stores only this type for such a field
        Map<String, Long> counts(MessageField field) {
            return (Map<String, Long>) value(field);
        }

        private Object value(MessageField field) {
            requirePresent(field);
            return requireNonNull(objects[field.ordinal()]);
        }
    }
}
