package io.gonkapulse.localservers;

import org.jspecify.annotations.Nullable;

/** The directory is in use, is someone else's, or holds what this program cannot read; nothing in it was touched. */
public final class DirectoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DirectoryRefusedException(String message) {
        this(message, null);
    }

    public DirectoryRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
