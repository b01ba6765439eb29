package io.gonkapulse.trackerpoller.trackerapi.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The requested fields of an object, by paths such as {@code sync_info.catching_up}; other fields are skipped. A
 * duplicate of a requested field makes the object invalid, because either value may be the right one.
 */
public final class JsonObjectShape {

    private final String prefix;
    private final Map<String, JsonField> fields = new HashMap<>();

    private JsonObjectShape(String prefix) {
        this.prefix = prefix;
    }

    /** Requests single values. */
    public static JsonObjectShape of(String... paths) {
        return new JsonObjectShape("").and(List.of(paths));
    }

    /** Requests more single values. */
    public JsonObjectShape and(List<String> paths) {
        paths.forEach(path -> put(path, JsonField.ScalarField::new));
        return this;
    }

    /** Requests the strings of an array, and drops those after the first {@code max}. */
    public JsonObjectShape texts(String path, int max) {
        put(path, whole -> new JsonField.TextsField(whole, max));
        return this;
    }

    /** Requests an array of objects. Other elements arrive as invalid entries. */
    public JsonObjectShape array(String path, JsonObjectShape element, Consumer<JsonEntry> consumer) {
        put(path, whole -> new JsonField.ArrayField(whole, element, consumer));
        return this;
    }

    /** A path with a dot creates a nested shape. */
    private void put(String path, Function<String, JsonField> part) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            fields.put(path, part.apply(prefix + path));
        } else {
            nestedShape(path.substring(0, dot)).put(path.substring(dot + 1), part);
        }
    }

    private JsonObjectShape nestedShape(String name) {
        JsonField part = fields.computeIfAbsent(
                name, key -> new JsonField.ObjectField(prefix + name, new JsonObjectShape(prefix + name + '.')));
        if (part instanceof JsonField.ObjectField inner) {
            return inner.shape();
        }
        throw new IllegalArgumentException("Expected " + part.path() + " to be requested as an object only");
    }

    /**
     * Reads into an entry and returns it. Expects the parser at the first token of the value, which need not be an
     * object.
     */
    JsonEntry read(JsonParser parser, JsonEntry entry) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            entry.markInvalid("an entry", "an object", "something else");
            return entry;
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            JsonField part = fields.get(name);
            if (part == null) {
                parser.skipChildren();
            } else if (entry.has(part.path())) {
                parser.skipChildren();
                entry.markInvalid(part.path(), "it once", "it twice");
            } else {
                part.read(parser, entry);
            }
        }
        return entry;
    }

    /** A requested field. Each implementation consumes its whole value, so that the parser is behind it afterwards. */
    private sealed interface JsonField {

        String path();

        /** Expects the parser at the first token of the value. */
        void read(JsonParser parser, JsonEntry into);

        /** A string, number, boolean or null. */
        record ScalarField(String path) implements JsonField {

            @Override
            public void read(JsonParser parser, JsonEntry into) {
                switch (parser.currentToken()) {
                    case VALUE_NULL -> into.putNull(path);
                    case VALUE_TRUE -> into.put(path, true);
                    case VALUE_FALSE -> into.put(path, false);
                    case START_OBJECT, START_ARRAY -> {
                        parser.skipChildren();
                        into.markInvalid(path, "one value", "a structure");
                    }
                    default -> into.put(path, parser.getString());
                }
            }
        }

        /** An array of strings. */
        record TextsField(String path, int max) implements JsonField {

            @Override
            public void read(JsonParser parser, JsonEntry into) {
                if (!ArrayField.enterArray(parser, path, into)) {
                    return;
                }
                List<String> texts = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (parser.currentToken() != JsonToken.VALUE_STRING) {
                        parser.skipChildren();
                        into.markInvalid(path, "texts", "something else among them");
                    } else if (texts.size() < max) {
                        texts.add(parser.getString());
                    }
                }
                into.put(path, texts);
            }
        }

        /** An object within the object. */
        record ObjectField(String path, JsonObjectShape shape) implements JsonField {

            @Override
            public void read(JsonParser parser, JsonEntry into) {
                into.putNull(path);
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    shape.read(parser, into);
                } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    into.markInvalid(path, "an object", "something else");
                }
            }
        }

        /** An array of objects; each is passed on at once, so that a large array needs little memory. */
        record ArrayField(String path, JsonObjectShape element, Consumer<JsonEntry> consumer) implements JsonField {

            @Override
            public void read(JsonParser parser, JsonEntry into) {
                if (enterArray(parser, path, into)) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        consumer.accept(element.read(parser, new JsonEntry()));
                    }
                }
            }

            private static boolean enterArray(JsonParser parser, String path, JsonEntry into) {
                into.putNull(path);
                if (parser.currentToken() == JsonToken.START_ARRAY) {
                    return true;
                }
                if (parser.currentToken() != JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    into.markInvalid(path, "a list", "something else");
                }
                return false;
            }
        }
    }
}
