package io.gonkapulse.networksimulator.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes directly to a stream without buffering the document. */
public final class JacksonDocumentWriter implements JsonDocumentWriter {

    private final JsonGenerator generator;

    public JacksonDocumentWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    @Override
    public void startObject() {
        generator.writeStartObject();
    }

    @Override
    public void startObject(String name) {
        generator.writeObjectPropertyStart(name);
    }

    @Override
    public void endObject() {
        generator.writeEndObject();
    }

    @Override
    public void startArray(String name) {
        generator.writeArrayPropertyStart(name);
    }

    @Override
    public void endArray() {
        generator.writeEndArray();
    }

    @Override
    public void field(String name, @Nullable Object value) {
        generator.writeName(name);
        write(value);
    }

    @Override
    public void element(Object value) {
        write(value);
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof RawJson raw) {
            generator.writeRawValue(raw.text());
        } else {
            throw new IllegalArgumentException("Expected a JSON scalar, got a " + value.getClass());
        }
    }
}
