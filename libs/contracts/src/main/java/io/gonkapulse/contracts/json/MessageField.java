package io.gonkapulse.contracts.json;

/** A field of a message. Each message has an enum of its fields, in the order of the JSON. */
interface MessageField {

    String jsonName();

    Type type();

    int ordinal();

    /** The fields of {@link Type#OBJECT} and {@link Type#OBJECTS}. */
    default MessageField[] nested() {
        return new MessageField[0];
    }

    /** Whether {@code null} counts as an absent field. Our own programs never write it. */
    default boolean acceptsNull() {
        return false;
    }

    /** The JSON type of a field. */
    enum Type {
        /** A string that differs in most records. */
        TEXT,
        /** A string that many records share; the decoder caches it. */
        SHARED_TEXT,
        /** An array of strings. */
        TEXTS,
        /** An integer from 0 to 2^63-1. */
        INTEGER,
        /** A decimal number. */
        DECIMAL,
        /** Whole ngonka as a string: many JSON parsers would lose digits of a number. */
        AMOUNT,
        /** UTC with {@code Z} and up to nine decimals of a second. */
        INSTANT,
        FLAG,
        /** An object with integers as values. */
        COUNTS,
        /** An object with fields of its own. */
        OBJECT,
        /** An array of such objects. */
        OBJECTS,
        /** Any object; kept as text. */
        JSON
    }
}
