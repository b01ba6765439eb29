package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobLimits;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a map of any values as a JSON object. Values that are no JSON become texts. */
final class PayloadEncoder {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Maps may contain themselves. */
    private static final int MAX_DEPTH = 20;

    /** Iterables may have no end. An event has space for fewer. */
    private static final int MAX_VALUES = 10_000;

    private static final int MAX_DIGITS = 100;

    private final JsonGenerator json;
    private int values;

    private PayloadEncoder(JsonGenerator json) {
        this.json = json;
    }

    /** Null for an empty map. A value that fails is replaced as a whole, so that the event is not lost. */
    static @Nullable String encode(Map<?, ?> map) {
        if (map.isEmpty()) {
            return null;
        }
        try {
            return JobLimits.limitJson(write(map));
        } catch (RuntimeException | StackOverflowError e) {
            return write(Map.of(
                    "reportingError", "Cannot write the values: " + e.getClass().getName()));
        }
    }

    private static String write(Map<?, ?> map) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new PayloadEncoder(json).writeMap(map, 1);
        }
        return text.toString();
    }

    private void writeMap(Map<?, ?> map, int depth) {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (isFull()) {
                break;
            }
            json.writeName(StorableText.clean(String.valueOf(entry.getKey())));
            writeValue(entry.getValue(), depth + 1);
        }
        json.writeEndObject();
    }

    private void writeValue(@Nullable Object value, int depth) {
        values++;
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            writeNumber(number);
        } else if (depth > MAX_DEPTH) {
            json.writeString("…");
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, depth);
        } else if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
            writeArray(elements, depth);
        } else if (value instanceof Object[] elements) {
            writeArray(Arrays.asList(elements), depth);
        } else {
            json.writeString(StorableText.clean(value.toString()));
        }
    }

    private void writeArray(Iterable<?> elements, int depth) {
        json.writeStartArray();
        for (Object element : elements) {
            if (isFull()) {
                break;
            }
            writeValue(element, depth + 1);
        }
        json.writeEndArray();
    }

    private boolean isFull() {
        return values >= MAX_VALUES;
    }

    private void writeNumber(Number number) {
        boolean isWhole = number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger;
        boolean isDecimal = number instanceof BigDecimal || number instanceof Double || number instanceof Float;
        String digits = number.toString();
        boolean isFinite =
                !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
        boolean isShort = digits.length() <= MAX_DIGITS && isSmall(number);
        if ((isWhole || isDecimal) && isFinite && isShort) {
            json.writeNumber(digits);
        } else {
            json.writeString(digits);
        }
    }

    /** Readers refuse huge exponents. */
    private static boolean isSmall(Number number) {
        return !(number instanceof BigDecimal decimal) || Math.abs((long) decimal.scale()) <= MAX_DIGITS;
    }
}
