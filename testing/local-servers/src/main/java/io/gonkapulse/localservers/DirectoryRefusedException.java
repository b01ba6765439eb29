package io.gonkapulse.localservers;

import org.jspecify.annotations.Nullable;

/**
 * The directory is in use, belongs to another user, or holds data that this program cannot read. Nothing in it was
 * changed.
 */
public final class DirectoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DirectoryRefusedException(String message) {
        this(message, null);
    }

    public DirectoryRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
