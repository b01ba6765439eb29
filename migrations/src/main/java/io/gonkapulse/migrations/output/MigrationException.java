package io.gonkapulse.migrations.output;

import org.jspecify.annotations.Nullable;

/** Ends a run. The message tells an operator what was expected, what was found and what to do. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitStatus exitStatus;

    private MigrationException(ExitStatus ending, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitStatus = ending;
    }

    public static MigrationException failed(String message) {
        return new MigrationException(ExitStatus.FAILED, message, null);
    }

    public static MigrationException failed(String message, Throwable cause) {
        return new MigrationException(ExitStatus.FAILED, message, cause);
    }

    public static MigrationException misconfigured(String message) {
        return new MigrationException(ExitStatus.MISCONFIGURED, message, null);
    }

    public static MigrationException refused(String message) {
        return new MigrationException(ExitStatus.REFUSED, message, null);
    }

    public ExitStatus exitStatus() {
        return exitStatus;
    }
}
