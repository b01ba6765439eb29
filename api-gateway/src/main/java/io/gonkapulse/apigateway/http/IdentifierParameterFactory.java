package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.core.QueryBatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Creates SQL parameters for the spellings under which an identifier may be stored. Addresses are upper or lower case,
 * never mixed.
 */
public final class IdentifierParameterFactory {

    private IdentifierParameterFactory() {}

    /** Returns the parameters {@code given}, {@code lower} and {@code upper}. */
    public static Map<String, Object> forOne(String identifier) {
        String given = identifier.strip();
        return Map.of("given", given, "lower", given.toLowerCase(Locale.ROOT), "upper", given.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns the same parameters for several identifiers, as arrays that are padded with nulls to a fixed length.
     * PostgreSQL estimates an unknown array as ten elements; for a shorter known array it would create a custom plan
     * each time, and planning takes longer than the look-up.
     */
    public static Map<String, Object> forMany(List<String> identifiers) {
        return forMany(identifiers, QueryBatcher.MAX_BATCH_SIZE);
    }

    /** Returns arrays of the given length. */
    public static Map<String, Object> forMany(List<String> identifiers, int length) {
        List<String> given = identifiers.stream().map(String::strip).toList();
        return Map.of(
                "given",
                paddedArray(given.stream(), length),
                "lower",
                paddedArray(given.stream().map(one -> one.toLowerCase(Locale.ROOT)), length),
                "upper",
                paddedArray(given.stream().map(one -> one.toUpperCase(Locale.ROOT)), length));
    }

    private static String[] paddedArray(Stream<String> spellings, int length) {
        return Arrays.copyOf(spellings.toArray(String[]::new), length);
    }
}
