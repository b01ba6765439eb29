package io.gonkapulse.networksimulator.api;

import org.jspecify.annotations.Nullable;

/** Takes a JSON document piece by piece, in order. */
public interface JsonDocumentWriter {

    /** An object that is the document itself or stands in an array. */
    void startObject();

    void startObject(String name);

    void endObject();

    void startArray(String name);

    void endArray();

    /** A scalar: a string, a whole number, a double, a boolean, {@link RawJson} or null. */
    void field(String name, @Nullable Object value);

    /** A value in an array. */
    void element(Object value);

    /** Characters that go out as they are, JSON or not. */
    record RawJson(String text) {}
}
