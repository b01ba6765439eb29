package io.gonkapulse.contracts.json;

/** A field of a message. The fields of one message are an enum, in the order in which they are written. */
interface MessageField {

    String jsonName();

    FieldType type();

    int ordinal();
}
