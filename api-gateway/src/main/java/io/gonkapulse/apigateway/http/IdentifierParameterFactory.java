package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.db.QueryBatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Spellings of a node's identifier under which it may be stored: addresses are upper or lower case, never mixed. */
public final class IdentifierParameterFactory {

    private IdentifierParameterFactory() {}

    /** As parameters {@code given}, {@code lower} and {@code upper} of a statement. */
    public static Map<String, Object> forOne(String identifier) {
        String given = RequestParameterReader.requireValidText("identifier", identifier)
                .strip();
        return Map.of("given", given, "lower", given.toLowerCase(Locale.ROOT), "upper", given.toUpperCase(Locale.ROOT));
    }

    /**
     * The same of several, as arrays that end with nulls. PostgreSQL takes an array that it does not know for ten long; one
     * that it knows to be shorter seems to be worth a plan of its own each time, which takes longer than the look-up.
     */
    public static Map<String, Object> forMany(List<String> identifiers) {
        List<String> given = identifiers.stream()
                .map(one -> RequestParameterReader.requireValidText("identifier", one)
                        .strip())
                .toList();
        return Map.of(
                "given",
                paddedArray(given.stream()),
                "lower",
                paddedArray(given.stream().map(one -> one.toLowerCase(Locale.ROOT))),
                "upper",
                paddedArray(given.stream().map(one -> one.toUpperCase(Locale.ROOT))));
    }

    private static String[] paddedArray(Stream<String> spellings) {
        return Arrays.copyOf(spellings.toArray(String[]::new), QueryBatcher.MAX_BATCH_SIZE);
    }
}
