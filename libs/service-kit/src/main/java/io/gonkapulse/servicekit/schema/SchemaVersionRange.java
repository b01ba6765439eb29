package io.gonkapulse.servicekit.schema;

/**
 * The versions of the schema that a program was written for.
 *
 * @param required the oldest that has all it uses
 * @param newestKnown the newest that it was tested on
 */
public record SchemaVersionRange(int required, int newestKnown) {

    public SchemaVersionRange {
        if (required < 1 || newestKnown < required) {
            throw new IllegalArgumentException(
                    "Expected 1 <= needed <= known, got " + required + " and " + newestKnown);
        }
    }
}
