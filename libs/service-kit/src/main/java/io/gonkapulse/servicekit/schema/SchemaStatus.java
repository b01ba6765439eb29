package io.gonkapulse.servicekit.schema;

/** Whether a schema will do. */
public enum SchemaStatus {
    /** Something that the program uses is not there yet. */
    TOO_OLD,
    OK,
    /** A newer program has been here. Steps only add until every program is new, so most can go on with a warning. */
    TOO_NEW,
    /** Nobody can tell: the database does not answer, or refuses to say. */
    UNREACHABLE,
    /** Nobody can tell: the database does not know this login or its password. */
    REFUSED
}
