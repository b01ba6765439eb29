package io.gonkapulse.trackerpoller.trackerapi.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What is wanted of an object, by paths such as {@code sync_info.catching_up}; all else is passed over. A wanted field that
 * stands twice spoils the object, because nobody can say which of the two is meant.
 */
public final class JsonObjectShape {

    private final String prefix;
    private final Map<String, JsonField> fields = new HashMap<>();

    private JsonObjectShape(String prefix) {
        this.prefix = prefix;
    }

    /** Single values. */
    public static JsonObjectShape of(String... paths) {
        return new JsonObjectShape("").and(List.of(paths));
    }

    /** Also these single values. */
    public JsonObjectShape and(List<String> paths) {
        paths.forEach(path -> put(path, JsonField.ScalarField::new));
        return this;
    }

    /** Also the first text of an array of texts. */
    public JsonObjectShape firstText(String path) {
        put(path, JsonField.FirstTextField::new);
        return this;
    }

    /** Also an array of objects. An element that is none arrives as a spoiled entry. */
    public JsonObjectShape array(String path, JsonObjectShape element, Consumer<JsonEntry> consumer) {
        put(path, whole -> new JsonField.ArrayField(whole, element, consumer));
        return this;
    }

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
        throw new IllegalArgumentException("Expected " + part.path() + " to be wanted as an object only");
    }

    /** The parser stands at the first token of the object, or of what is there instead. */
    JsonEntry read(JsonParser parser) {
        JsonEntry entry = new JsonEntry();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readFields(parser, entry);
        } else {
            parser.skipChildren();
            entry.markInvalid("an entry", "an object", "something else");
        }
        return entry;
    }

    void readFields(JsonParser parser, JsonEntry entry) {
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
    }
}
