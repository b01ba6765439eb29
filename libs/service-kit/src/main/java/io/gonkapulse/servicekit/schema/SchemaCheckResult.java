package io.gonkapulse.servicekit.schema;

/**
 * Result of a schema check.
 *
 * @param version newest applied migration; 0 for an empty database, or if unknown
 * @param reason one sentence for an operator
 */
public record SchemaCheckResult(SchemaStatus status, int version, String reason) {

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

    public boolean hasStatus(SchemaStatus expected) {
        return status == expected;
    }

    /** Value of the meter: 1 if the schema is too old, 0 if not, NaN if unknown. */
    public double behindValue() {
        return switch (status) {
            case TOO_OLD -> 1;
            case OK, TOO_NEW -> 0;
            case UNREACHABLE, REFUSED -> Double.NaN;
        };
    }
}
