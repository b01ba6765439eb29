package io.gonkapulse.servicekit.schema;

/**
 * The versions of the schema that a program was written for.
 *
 * @param needed the oldest that has all it uses
 * @param known the newest that it was tested on
 */
public record SchemaRange(int needed, int known) {

    public SchemaRange {
        if (needed < 1 || known < needed) {
            throw new IllegalArgumentException("Expected 1 <= needed <= known, got " + needed + " and " + known);
        }
    }
}
