package io.gonkapulse.trackerpoller.trackerapi.json;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A requested field. Each implementation consumes its whole value, so that the parser is behind it afterwards. */
sealed interface JsonField {

    String path();

    /** Expects the parser at the first token of the value. */
    void read(JsonParser parser, JsonEntry into);

    /** A string, number, boolean or null. */
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

    /** An array of strings; only the first one is used. */
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

    /** An object within the object. */
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

    /** An array of objects; each is passed on at once, so that a large array needs little memory. */
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
