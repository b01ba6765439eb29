package io.gonkapulse.migrations.flyway;

import java.util.Locale;

/** A problem that an operator has to solve. */
public record MigrationProblem(MigrationProblemType kind, String subject, String message) {

    public enum MigrationProblemType {
        INTERRUPTED,
        FAILED,
        CHANGED,
        MISSING,
        FUTURE,
        INVALID_INDEX;

        /** A word for people and for scripts, which read it in {@code status --json}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
