package io.gonkapulse.contracts;

/** A value outside of {@link MessageLimits}. */
public final class OutOfBoundsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OutOfBoundsException(String message) {
        super(message);
    }
}
