package io.gonkapulse.migrations.scripts;

import org.jspecify.annotations.Nullable;

/** Ends a run. The message is meant for an operator: expected, found, what to do. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private MigrationException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Exit code 1. */
    public static MigrationException failed(String message) {
        return new MigrationException(1, message, null);
    }

    public static MigrationException failed(String message, Throwable cause) {
        return new MigrationException(1, message, cause);
    }

    /** Usage or configuration; exit code 2. */
    public static MigrationException misconfigured(String message) {
        return new MigrationException(2, message, null);
    }

    /** Refused to protect data; exit code 3. */
    public static MigrationException refused(String message) {
        return new MigrationException(3, message, null);
    }

    /** Scripts rely on these codes. */
    public int exitCode() {
        return exitCode;
    }
}
