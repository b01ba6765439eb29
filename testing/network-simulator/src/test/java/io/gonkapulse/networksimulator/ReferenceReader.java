package io.gonkapulse.networksimulator;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads numbers in any spelling and rejects everything but whole numbers of zero or more. */
final class ReferenceReader {

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,39}");

    private ReferenceReader() {}

    static Optional<BigInteger> whole(JsonNode field) {
        if (field.isMissingNode()) {
            return Optional.of(BigInteger.ZERO);
        }
        String text = field.isString() || field.isIntegralNumber() ? field.asString() : "?";
        return WHOLE.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    static long number(JsonNode response, String... names) {
        for (String name : names) {
            if (response.has(name)) {
                return whole(response.get(name)).orElseThrow().longValueExact();
            }
        }
        throw new AssertionError("Expected one of " + String.join(", ", names) + " in " + response.propertyNames());
    }

    static Optional<ReferenceLedger.Amounts> amounts(JsonNode stats) {
        Optional<BigInteger> earned = whole(stats.path("earned_coins"));
        Optional<BigInteger> inferences = whole(stats.path("inference_count"));
        return stats.isObject() && earned.isPresent() && inferences.isPresent()
                ? Optional.of(new ReferenceLedger.Amounts(earned.get(), inferences.get()))
                : Optional.empty();
    }

    static String health(JsonNode entry) {
        if (entry.path("is_jailed").asBoolean(false)) {
            return "JAILED";
        }
        JsonNode healthy = entry.path("node_healthy");
        return healthy.isBoolean() ? (healthy.asBoolean() ? "HEALTHY" : "UNHEALTHY") : "UNKNOWN";
    }
}
