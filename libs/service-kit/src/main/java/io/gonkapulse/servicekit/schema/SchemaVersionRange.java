package io.gonkapulse.servicekit.schema;

/**
 * Schema versions that a program supports.
 *
 * @param schema of PostgreSQL; it has a migration history of its own
 * @param required oldest version that has everything it uses
 * @param newestKnown newest version that it was tested with
 */
public record SchemaVersionRange(String schema, int required, int newestKnown) {

    private static final String TRACKER_SCHEMA = "public";

    public SchemaVersionRange {
        if (required < 1 || newestKnown < required) {
            throw new IllegalArgumentException(
                    "Expected 1 <= required <= newestKnown, got " + required + " and " + newestKnown);
        }
    }

    /** Versions of the tracker schema. */
    public SchemaVersionRange(int required, int newestKnown) {
        this(TRACKER_SCHEMA, required, newestKnown);
    }

    /** What an operator runs to migrate the schema; other modules have their schema's name. */
    String migrationCommand() {
        return schema.equals(TRACKER_SCHEMA) ? "run migrations" : "run migrations --module " + schema;
    }
}
