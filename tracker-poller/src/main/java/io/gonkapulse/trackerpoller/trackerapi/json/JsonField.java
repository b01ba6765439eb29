package io.gonkapulse.trackerpoller.trackerapi.json;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A wanted field. Each reads its whole value, whatever that is, so that the reader stands behind it afterwards. */
sealed interface JsonField {

    String path();

    /** The parser stands at the first token of the value. */
    void read(JsonParser parser, JsonEntry into);

    /** A text, a number, a flag or null. */
    record ScalarField(String path) implements JsonField {

        @Override
        public void read(JsonParser parser, JsonEntry into) {
            switch (parser.currentToken()) {
                case VALUE_NULL -> into.putNull(path);
                case VALUE_TRUE -> into.put(path, true);
                case VALUE_FALSE -> into.put(path, false);
                case START_OBJECT, START_ARRAY -> {
                    parser.skipChildren();
                    into.markInvalid(path, "one value", "a structure");
                }
                default -> into.put(path, parser.getString());
            }
        }
    }

    /** An array of texts, of which only the first counts. */
    record FirstTextField(String path) implements JsonField {

        @Override
        public void read(JsonParser parser, JsonEntry into) {
            if (!ArrayField.enterArray(parser, path, into)) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    parser.skipChildren();
                    into.markInvalid(path, "texts", "something else among them");
                } else if (!into.hasValue(path)) {
                    into.put(path, parser.getString());
                }
            }
        }
    }

    /** An object inside the object. */
    record ObjectField(String path, JsonObjectShape shape) implements JsonField {

        @Override
        public void read(JsonParser parser, JsonEntry into) {
            into.putNull(path);
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                shape.readFields(parser, into);
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                into.markInvalid(path, "an object", "something else");
            }
        }
    }

    /** An array of objects, each handed on as soon as it is read. */
    record ArrayField(String path, JsonObjectShape element, Consumer<JsonEntry> consumer) implements JsonField {

        @Override
        public void read(JsonParser parser, JsonEntry into) {
            if (enterArray(parser, path, into)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    consumer.accept(element.read(parser));
                }
            }
        }

        private static boolean enterArray(JsonParser parser, String path, JsonEntry into) {
            into.putNull(path);
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return true;
            }
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                into.markInvalid(path, "a list", "something else");
            }
            return false;
        }
    }
}
