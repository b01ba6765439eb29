package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes one flat JSON object; what is null is left out. */
final class FieldWriter {

    private static final int INITIAL_SIZE = 1_024;

    private final JsonGenerator json;

    private FieldWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(JsonFactory factory, Consumer<FieldWriter> fields) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(INITIAL_SIZE);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            fields.accept(new FieldWriter(json));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    FieldWriter version(Field field) {
        return whole(field, FieldReader.VERSION);
    }

    FieldWriter text(Field field, @Nullable Object text) {
        if (text != null) {
            json.writeName(field.jsonName());
            json.writeString(text.toString());
        }
        return this;
    }

    FieldWriter word(Field field, Enum<?> constant) {
        return text(field, Words.of(constant));
    }

    FieldWriter whole(Field field, @Nullable Long number) {
        return number == null ? this : whole(field, number.longValue());
    }

    FieldWriter whole(Field field, long number) {
        json.writeName(field.jsonName());
        json.writeNumber(number);
        return this;
    }

    FieldWriter millis(Field field, Duration duration) {
        return whole(field, duration.toMillis());
    }

    FieldWriter decimal(Field field, @Nullable BigDecimal number) {
        if (number != null) {
            json.writeName(field.jsonName());
            json.writeNumber(number);
        }
        return this;
    }

    FieldWriter amount(Field field, Ngonka amount) {
        return text(field, amount);
    }

    FieldWriter instant(Field field, @Nullable Instant instant) {
        return text(field, instant);
    }

    FieldWriter flag(Field field, @Nullable Boolean flag) {
        if (flag != null) {
            json.writeName(field.jsonName());
            json.writeBoolean(flag);
        }
        return this;
    }

    FieldWriter counts(Field field, Map<String, Long> counts) {
        json.writeName(field.jsonName());
        json.writeStartObject();
        counts.forEach((name, count) -> {
            json.writeName(name);
            json.writeNumber(count);
        });
        json.writeEndObject();
        return this;
    }
}
