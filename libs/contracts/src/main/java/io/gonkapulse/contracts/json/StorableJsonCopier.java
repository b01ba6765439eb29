package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.job.JobLimits;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Copies a JSON object to text, without white space. Refuses what {@code jsonb} of PostgreSQL refuses, so that a record
 * is refused when it is decoded and not when its batch is stored.
 */
final class StorableJsonCopier {

    /** Far below the limit of {@code numeric}; the exponent is part of it. */
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final int MAX_EXPONENT = 300;

    /** Far below the nesting at which PostgreSQL runs out of stack. */
    private static final int MAX_DEPTH = 100;

    private StorableJsonCopier() {}

    /** The parser is at the start of the object, and after this call at its end. */
    static String copyObject(JsonFactory factory, JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                copyToken(token, parser, json);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw new IllegalArgumentException("Expected at most " + MAX_DEPTH + " levels, got more");
                }
            }
        }
        return text.toString();
    }

    private static void copyToken(JsonToken token, JsonParser parser, JsonGenerator json) {
        switch (token) {
            case START_OBJECT -> json.writeStartObject();
            case END_OBJECT -> json.writeEndObject();
            case START_ARRAY -> json.writeStartArray();
            case END_ARRAY -> json.writeEndArray();
            case PROPERTY_NAME -> json.writeName(requireStorable(parser.currentName()));
            case VALUE_STRING -> json.writeString(requireStorable(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(requireShort(parser.getString()));
            case VALUE_TRUE -> json.writeBoolean(true);
            case VALUE_FALSE -> json.writeBoolean(false);
            case VALUE_NULL -> json.writeNull();
            default -> throw new IllegalArgumentException("Expected a JSON value, got " + token);
        }
    }

    private static String requireStorable(String text) {
        JobLimits.requireStorable(text, "text");
        return text;
    }

    private static String requireShort(String number) {
        int exponentStart = Math.max(number.indexOf('e'), number.indexOf('E'));
        boolean isLarge = exponentStart >= 0 && !isSmall(number.substring(exponentStart + 1));
        if (isLarge || number.length() > MAX_NUMBER_LENGTH) {
            throw new IllegalArgumentException("Expected numbers of at most " + MAX_NUMBER_LENGTH
                    + " characters with an exponent up to " + MAX_EXPONENT + ", got another");
        }
        return number;
    }

    private static boolean isSmall(String exponent) {
        try {
            return Math.abs((long) Integer.parseInt(exponent)) <= MAX_EXPONENT;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
