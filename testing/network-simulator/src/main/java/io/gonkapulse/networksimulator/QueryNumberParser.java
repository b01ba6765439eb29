package io.gonkapulse.networksimulator;

import java.util.Optional;

/** Parses whole numbers of paths, queries and headers. */
final class QueryNumberParser {

    private static final int MAX_DIGITS = 18;

    private QueryNumberParser() {}

    /** Returns empty unless the text is digits with an optional minus. */
    static Optional<Long> parse(String text) {
        boolean digits = text.length() <= MAX_DIGITS && text.matches("-?[0-9]+");
        return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
