package io.gonkapulse.trackerpoller.source.json;

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
public final class Shape {

    private final String prefix;
    private final Map<String, Part> parts = new HashMap<>();

    private Shape(String prefix) {
        this.prefix = prefix;
    }

    /** Single values. */
    public static Shape of(String... paths) {
        return new Shape("").and(List.of(paths));
    }

    /** Also these single values. */
    public Shape and(List<String> paths) {
        paths.forEach(path -> put(path, Part.Scalar::new));
        return this;
    }

    /** Also the first text of an array of texts. */
    public Shape first(String path) {
        put(path, Part.First::new);
        return this;
    }

    /** Also an array of objects. An element that is none arrives as a spoiled entry. */
    public Shape each(String path, Shape element, Consumer<Entry> taker) {
        put(path, whole -> new Part.Each(whole, element, taker));
        return this;
    }

    private void put(String path, Function<String, Part> part) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            parts.put(path, part.apply(prefix + path));
        } else {
            inner(path.substring(0, dot)).put(path.substring(dot + 1), part);
        }
    }

    private Shape inner(String name) {
        Part part = parts.computeIfAbsent(name, key -> new Part.Inner(prefix + name, new Shape(prefix + name + '.')));
        if (part instanceof Part.Inner inner) {
            return inner.shape();
        }
        throw new IllegalArgumentException("Expected " + part.path() + " to be wanted as an object only");
    }

    /** The parser stands at the first token of the object, or of what is there instead. */
    Entry read(JsonParser parser) {
        Entry entry = new Entry();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readFields(parser, entry);
        } else {
            parser.skipChildren();
            entry.spoil("an entry", "an object", "something else");
        }
        return entry;
    }

    void readFields(JsonParser parser, Entry entry) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            Part part = parts.get(name);
            if (part == null) {
                parser.skipChildren();
            } else if (entry.has(part.path())) {
                parser.skipChildren();
                entry.spoil(part.path(), "it once", "it twice");
            } else {
                part.read(parser, entry);
            }
        }
    }
}
