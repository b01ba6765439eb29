package io.gonkapulse.servicekit.schema;

/**
 * What a look at the schema found.
 *
 * @param version newest applied step, 0 for an empty database or where nobody can tell
 * @param reason one sentence for an operator
 */
public record SchemaState(SchemaVerdict verdict, int version, String reason) {

    public boolean is(SchemaVerdict other) {
        return verdict == other;
    }
}
