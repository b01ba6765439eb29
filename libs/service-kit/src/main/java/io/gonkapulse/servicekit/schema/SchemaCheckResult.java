package io.gonkapulse.servicekit.schema;

/**
 * What a look at the schema found.
 *
 * @param version newest applied step, 0 for an empty database or where nobody can tell
 * @param reason one sentence for an operator
 */
public record SchemaCheckResult(SchemaStatus status, int version, String reason) {

    public boolean hasStatus(SchemaStatus expected) {
        return status == expected;
    }

    /** For a meter: 1 where the schema is too old, 0 where it will do, NaN where nobody can tell. */
    public double behindValue() {
        return switch (status) {
            case TOO_OLD -> 1;
            case OK, TOO_NEW -> 0;
            case UNREACHABLE, REFUSED -> Double.NaN;
        };
    }
}
