package io.gonkapulse.networksimulator.api;

import org.jspecify.annotations.Nullable;

/** Receives a JSON document token by token, in order. */
public interface JsonDocumentWriter {

    /** Starts the root object or an object in an array. */
    void startObject();

    void startObject(String name);

    void endObject();

    void startArray(String name);

    void endArray();

    /** Writes a scalar: a string, a whole number, a double, a boolean, {@link RawJson} or null. */
    void field(String name, @Nullable Object value);

    /** Writes an array element. */
    void element(Object value);

    /** Characters that are written unchanged, whether they are valid JSON or not. */
    record RawJson(String text) {}
}
