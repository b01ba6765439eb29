package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.dialect.ForeignJsonReader.ForeignNumber;
import io.gonkapulse.contracts.job.JobLimits;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the values of {@link ForeignJsonReader} as the JSON objects of an event. */
final class ForeignJsonWriter {

    /** The original cuts JSON off here; with escapes it still fits into an event. */
    private static final int MAX_HEAD_LENGTH = 4_000;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ForeignJsonWriter() {}

    /**
     * An object for any value: other systems write the beginning of large JSON as a string, and results of any type.
     */
    static @Nullable String toObject(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return JobLimits.limitJson(write(map));
        }
        Map<String, Object> wrapped = value instanceof String text
                ? Map.of("head", JobLimits.truncate(text, MAX_HEAD_LENGTH), "truncated", JsonToken.VALUE_TRUE)
                : Map.of("value", value);
        return JobLimits.limitJson(write(new TreeMap<>(wrapped)));
    }

    private static String write(Map<?, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, object);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            fields.forEach((name, field) -> {
                json.writeName((String) name);
                write(json, field);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            elements.forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof ForeignNumber number) {
            json.writeNumber(number.digits());
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
            json.writeBoolean(value == JsonToken.VALUE_TRUE);
        } else {
            json.writeNull();
        }
    }
}
