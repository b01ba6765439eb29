package io.gonkapulse.testkit.network.face;

import java.util.Optional;

/** Whole numbers as they come in paths, queries and headers. */
final class Numbers {

    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** Empty unless it is digits with an optional minus. */
    static Optional<Long> parse(String text) {
        boolean digits = text.length() <= MOST_DIGITS && text.matches("-?[0-9]+");
        return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
