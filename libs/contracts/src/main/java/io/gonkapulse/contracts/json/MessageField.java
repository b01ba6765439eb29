package io.gonkapulse.contracts.json;

/** A field of a message. Each message has an enum of its fields, in the order of the JSON. */
interface MessageField {

    String jsonName();

    FieldType type();

    int ordinal();
}
