package io.gonkapulse.servicekit.schema;

/**
 * Schema versions that a program supports.
 *
 * @param required oldest version that has everything it uses
 * @param newestKnown newest version that it was tested with
 */
public record SchemaVersionRange(int required, int newestKnown) {

    public SchemaVersionRange {
        if (required < 1 || newestKnown < required) {
            throw new IllegalArgumentException(
                    "Expected 1 <= required <= newestKnown, got " + required + " and " + newestKnown);
        }
    }
}
