package io.gonkapulse.servicekit.schema;

/**
 * Result of a schema check.
 *
 * @param version newest applied migration; 0 for an empty database, or if unknown
 * @param reason one sentence for an operator
 */
public record SchemaCheckResult(SchemaStatus status, int version, String reason) {

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
