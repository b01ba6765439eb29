package io.gonkapulse.localservers;

import org.jspecify.annotations.Nullable;

/** A local server could not start or stop, or failed while running. */
public final class LocalServerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalServerFailedException(String message) {
        this(message, null);
    }

    LocalServerFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
