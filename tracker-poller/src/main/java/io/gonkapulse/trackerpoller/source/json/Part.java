package io.gonkapulse.trackerpoller.source.json;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A wanted field. Each reads its whole value, whatever that is, so that the reader stands behind it afterwards. */
sealed interface Part {

    String path();

    /** The parser stands at the first token of the value. */
    void read(JsonParser parser, Entry into);

    /** A text, a number, a flag or null. */
    record Scalar(String path) implements Part {

        @Override
        public void read(JsonParser parser, Entry into) {
            switch (parser.currentToken()) {
                case VALUE_NULL -> into.putNull(path);
                case VALUE_TRUE -> into.put(path, true);
                case VALUE_FALSE -> into.put(path, false);
                case START_OBJECT, START_ARRAY -> {
                    parser.skipChildren();
                    into.spoil(path, "one value", "a structure");
                }
                default -> into.put(path, parser.getString());
            }
        }
    }

    /** An array of texts, of which only the first counts. */
    record First(String path) implements Part {

        @Override
        public void read(JsonParser parser, Entry into) {
            if (!Each.startsArray(parser, path, into)) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    parser.skipChildren();
                    into.spoil(path, "texts", "something else among them");
                } else if (!into.hasValue(path)) {
                    into.put(path, parser.getString());
                }
            }
        }
    }

    /** An object inside the object. */
    record Inner(String path, Shape shape) implements Part {

        @Override
        public void read(JsonParser parser, Entry into) {
            into.putNull(path);
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                shape.readFields(parser, into);
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                into.spoil(path, "an object", "something else");
            }
        }
    }

    /** An array of objects, each handed on as soon as it is read. */
    record Each(String path, Shape element, Consumer<Entry> taker) implements Part {

        @Override
        public void read(JsonParser parser, Entry into) {
            if (startsArray(parser, path, into)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    taker.accept(element.read(parser));
                }
            }
        }

        private static boolean startsArray(JsonParser parser, String path, Entry into) {
            into.putNull(path);
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return true;
            }
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                into.spoil(path, "a list", "something else");
            }
            return false;
        }
    }
}
