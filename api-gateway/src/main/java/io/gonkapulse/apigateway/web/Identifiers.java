package io.gonkapulse.apigateway.web;

import java.util.Locale;
import java.util.Map;

/** Spellings of a node's identifier under which it may be stored: addresses are upper or lower case, never mixed. */
public final class Identifiers {

    private Identifiers() {}

    /** As parameters {@code given}, {@code lower} and {@code upper} of a statement. */
    public static Map<String, Object> parameters(String identifier) {
        String given = RequestParameters.checked("identifier", identifier).strip();
        return Map.of("given", given, "lower", given.toLowerCase(Locale.ROOT), "upper", given.toUpperCase(Locale.ROOT));
    }
}
