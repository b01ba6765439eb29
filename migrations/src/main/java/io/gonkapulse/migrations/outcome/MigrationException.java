package io.gonkapulse.migrations.outcome;

import org.jspecify.annotations.Nullable;

/** A run that ends before it is done. The message is meant for an operator: expected, found, and what to do. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Ending ending;

    private MigrationException(Ending ending, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.ending = ending;
    }

    public static MigrationException failed(String message) {
        return new MigrationException(Ending.FAILED, message, null);
    }

    public static MigrationException failed(String message, Throwable cause) {
        return new MigrationException(Ending.FAILED, message, cause);
    }

    public static MigrationException misconfigured(String message) {
        return new MigrationException(Ending.MISCONFIGURED, message, null);
    }

    public static MigrationException refused(String message) {
        return new MigrationException(Ending.REFUSED, message, null);
    }

    public Ending ending() {
        return ending;
    }
}
