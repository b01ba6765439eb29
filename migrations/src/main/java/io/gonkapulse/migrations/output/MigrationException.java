package io.gonkapulse.migrations.output;

import org.jspecify.annotations.Nullable;

/** Ends a run. The message is meant for an operator: expected, found, what to do. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitStatus exitStatus;

    private MigrationException(ExitStatus ending, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitStatus = ending;
    }

    /** Exit code 1. */
    public static MigrationException failed(String message) {
        return new MigrationException(ExitStatus.FAILED, message, null);
    }

    public static MigrationException failed(String message, Throwable cause) {
        return new MigrationException(ExitStatus.FAILED, message, cause);
    }

    /** Usage or configuration; exit code 2. */
    public static MigrationException misconfigured(String message) {
        return new MigrationException(ExitStatus.MISCONFIGURED, message, null);
    }

    /** Refused to protect data; exit code 3. */
    public static MigrationException refused(String message) {
        return new MigrationException(ExitStatus.REFUSED, message, null);
    }

    public ExitStatus exitStatus() {
        return exitStatus;
    }
}
