package io.gonkapulse.servicekit.schema;

/** Whether a program can use the schema. */
public enum SchemaStatus {
    /** The schema lacks something that the program uses. */
    TOO_OLD,
    OK,
    /**
     * A newer program migrated the schema. Migrations stay compatible with the previous release, so
     * consumers continue with a warning.
     */
    TOO_NEW,
    /** Unknown: the database does not respond. */
    UNREACHABLE,
    /** Unknown: the database rejects the login or its password. */
    REFUSED
}
