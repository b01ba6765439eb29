package io.gonkapulse.migrations.history;

import java.util.Locale;

/** Which way a step was taken. */
public enum Direction {
    UP,
    DOWN,
    FOUND;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Direction of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
