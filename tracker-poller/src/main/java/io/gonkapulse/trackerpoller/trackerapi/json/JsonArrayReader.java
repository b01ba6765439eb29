package io.gonkapulse.trackerpoller.trackerapi.json;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Pulls the objects of one list out of one or several bodies, one at a time, so that a large list needs little memory.
 * Reads each body to its end, so that a truncated one fails. Not thread-safe.
 */
public final class JsonArrayReader<T> implements Iterator<T> {

    private final Iterator<JsonBody> bodies;
    private final String field;
    private final JsonObjectShape element;
    private final Function<JsonEntry, T> reader;
    private JsonBody body;
    private @Nullable JsonParser parser;
    private boolean inArray;
    private @Nullable T next;

    /**
     * @param bodies at least one; their other fields are skipped
     * @param field has the list, in the object of each body
     * @param element the shape of each object; other elements arrive as invalid entries
     */
    public JsonArrayReader(
            List<JsonBody> bodies, String field, JsonObjectShape element, Function<JsonEntry, T> reader) {
        this.bodies = bodies.iterator();
        this.field = field;
        this.element = element;
        this.reader = reader;
        this.body = this.bodies.next();
        this.parser = body.openParser();
    }

    /** @throws io.gonkapulse.trackerpoller.http.TrackerRequestException when a body breaks off or is invalid */
    @Override
    public boolean hasNext() {
        try {
            while (next == null && parser != null) {
                if (moveToElement(parser)) {
                    next = reader.apply(element.read(parser, new JsonEntry()));
                } else {
                    parser.close();
                    parser = openNext();
                }
            }
            return next != null;
        } catch (MalformedValueException | JacksonException e) {
            throw body.toRequestException(e);
        }
    }

    @Override
    public T next() {
        T result = hasNext() ? next : null;
        if (result == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return result;
    }

    private @Nullable JsonParser openNext() {
        if (!bodies.hasNext()) {
            return null;
        }
        body = bodies.next();
        return body.openParser();
    }

    /** Also reads what follows the list, and returns false at the end of the body. */
    private boolean moveToElement(JsonParser current) {
        inArray = inArray && current.nextToken() != JsonToken.END_ARRAY;
        while (!inArray) {
            String name = current.nextName();
            if (name == null) {
                JsonBody.requireToken(null, current.nextToken());
                return false;
            }
            boolean list = current.nextToken() == JsonToken.START_ARRAY && name.equals(field);
            inArray = list && current.nextToken() != JsonToken.END_ARRAY;
            if (!list) {
                current.skipChildren();
            }
        }
        return true;
    }
}
