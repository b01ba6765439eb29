package io.gonkapulse.migrations.history;

import java.util.Locale;

/** Something that an operator has to look at. */
public record Problem(Kind kind, String subject, String message) {

    public enum Kind {
        INTERRUPTED,
        FAILED,
        CHANGED,
        MISSING,
        FUTURE,
        INVALID_INDEX;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
