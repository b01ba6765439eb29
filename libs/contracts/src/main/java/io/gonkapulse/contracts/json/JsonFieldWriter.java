package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes one JSON object and omits null values. */
final class JsonFieldWriter {

    private static final int INITIAL_SIZE = 1_024;

    private final JsonGenerator json;

    private JsonFieldWriter(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes one object. The callback writes its fields in the order of the message's enum, on which canonical readers
     * rely.
     */
    static byte[] write(JsonFactory factory, Consumer<JsonFieldWriter> fields) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(INITIAL_SIZE);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            fields.accept(new JsonFieldWriter(json));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    JsonFieldWriter version(MessageField field) {
        return integer(field, JsonFieldReader.VERSION);
    }

    /** Omits null: readers refuse {@code null}, and an absent field means unknown. */
    JsonFieldWriter text(MessageField field, @Nullable Object text) {
        if (text != null) {
            json.writeName(field.jsonName());
            json.writeString(text.toString());
        }
        return this;
    }

    /** Omits an empty list. */
    JsonFieldWriter texts(MessageField field, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeName(field.jsonName());
            json.writeStartArray();
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
        return this;
    }

    JsonFieldWriter enumValue(MessageField field, Enum<?> constant) {
        return text(field, EnumWordConverter.toWord(constant));
    }

    JsonFieldWriter integer(MessageField field, @Nullable Long number) {
        return number == null ? this : integer(field, number.longValue());
    }

    JsonFieldWriter integer(MessageField field, long number) {
        json.writeName(field.jsonName());
        json.writeNumber(number);
        return this;
    }

    JsonFieldWriter millis(MessageField field, Duration duration) {
        return integer(field, duration.toMillis());
    }

    JsonFieldWriter decimal(MessageField field, @Nullable BigDecimal number) {
        if (number != null) {
            json.writeName(field.jsonName());
            json.writeNumber(number);
        }
        return this;
    }

    /** Writes a string, because many JSON parsers read numbers as doubles and would lose digits. */
    JsonFieldWriter amount(MessageField field, Ngonka amount) {
        return text(field, amount);
    }

    JsonFieldWriter instant(MessageField field, @Nullable Instant instant) {
        return text(field, instant);
    }

    JsonFieldWriter flag(MessageField field, @Nullable Boolean flag) {
        if (flag != null) {
            json.writeName(field.jsonName());
            json.writeBoolean(flag);
        }
        return this;
    }

    JsonFieldWriter counts(MessageField field, Map<String, Long> counts) {
        json.writeName(field.jsonName());
        json.writeStartObject();
        counts.forEach((name, count) -> {
            json.writeName(name);
            json.writeNumber(count);
        });
        json.writeEndObject();
        return this;
    }

    /** Omits a null object. */
    <T> JsonFieldWriter object(MessageField field, @Nullable T object, BiConsumer<JsonFieldWriter, T> fields) {
        if (object != null) {
            json.writeName(field.jsonName());
            writeObject(object, fields);
        }
        return this;
    }

    <T> JsonFieldWriter objects(MessageField field, List<T> objects, BiConsumer<JsonFieldWriter, T> fields) {
        json.writeName(field.jsonName());
        json.writeStartArray();
        objects.forEach(object -> writeObject(object, fields));
        json.writeEndArray();
        return this;
    }

    private <T> void writeObject(T object, BiConsumer<JsonFieldWriter, T> fields) {
        json.writeStartObject();
        fields.accept(this, object);
        json.writeEndObject();
    }

    /** Writes an object that is JSON already. */
    JsonFieldWriter json(MessageField field, @Nullable String object) {
        if (object != null) {
            json.writeName(field.jsonName());
            json.writeRawValue(object);
        }
        return this;
    }
}
