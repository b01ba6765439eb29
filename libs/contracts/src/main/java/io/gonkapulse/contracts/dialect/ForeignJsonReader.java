package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the known fields of a JSON object and skips all others, which may be large. Values are texts, {@link
 * ForeignNumber}, lists, maps, and the tokens of true, false and null.
 */
final class ForeignJsonReader {

    /** A value takes many times its bytes in memory. */
    private static final int MAX_VALUES = 50_000;

    private final JsonFactory factory = new JsonFactory();
    private final Set<String> paths;
    private final int maxBytes;

    /** @param paths of the known fields; all below such a field is read, and a list has the path of its elements */
    ForeignJsonReader(int maxBytes, Set<String> paths) {
        this.maxBytes = maxBytes;
        this.paths = paths;
    }

    ForeignObject read(byte[] json) {
        if (json.length > maxBytes) {
            throw new UndecodableMessageException(
                    Reason.OUT_OF_BOUNDS,
                    "Expected an event of at most " + maxBytes + " bytes, got " + json.length,
                    null);
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            requireToken(JsonToken.START_OBJECT, parser.nextToken());
            Map<String, Object> fields = readFields(new ValueSource(parser), "", false);
            JsonToken rest = parser.nextToken();
            if (rest != null) {
                throw notAnObject(rest);
            }
            return new ForeignObject("", fields);
        } catch (JacksonException e) {
            throw new UndecodableMessageException(Reason.NOT_JSON, "Not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    private Map<String, Object> readFields(ValueSource source, String prefix, boolean isKnown) {
        JsonParser parser = source.parser;
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String path = prefix + name;
            boolean isFieldKnown = isKnown || paths.contains(path);
            JsonToken token = parser.nextToken();
            if (isFieldKnown || leadsToKnown(path)) {
                fields.put(name, readValue(source, token, path, isFieldKnown));
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private boolean leadsToKnown(String path) {
        return paths.stream().anyMatch(known -> known.startsWith(path) && known.charAt(path.length()) == '.');
    }

    private Object readValue(ValueSource source, JsonToken token, String path, boolean isKnown) {
        JsonParser parser = source.parser;
        source.countValue();
        return switch (token) {
            case START_OBJECT -> readFields(source, path + ".", isKnown);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    values.add(readValue(source, next, path, isKnown));
                }
                yield values;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ForeignNumber(parser.getString());
            default -> token;
        };
    }

    private static void requireToken(JsonToken expected, JsonToken token) {
        if (token != expected) {
            throw notAnObject(token);
        }
    }

    private static UndecodableMessageException notAnObject(JsonToken token) {
        return new UndecodableMessageException(
                Reason.NOT_JSON, "Expected one JSON object and nothing else, got " + token, null);
    }

    /** A parser and how many values were read from it. */
    private static final class ValueSource {

        private final JsonParser parser;
        private int values;

        ValueSource(JsonParser parser) {
            this.parser = parser;
        }

        void countValue() {
            values++;
            if (values > MAX_VALUES) {
                throw new UndecodableMessageException(
                        Reason.OUT_OF_BOUNDS,
                        "Expected at most " + MAX_VALUES + " values in the fields that are read",
                        null);
            }
        }
    }

    /** A number as it is written, because its value may be huge. */
    record ForeignNumber(String digits) {}
}
