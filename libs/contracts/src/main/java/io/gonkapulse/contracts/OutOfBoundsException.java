package io.gonkapulse.contracts;

/** A value that no record may carry; {@link MessageLimits} has the bounds. */
public final class OutOfBoundsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OutOfBoundsException(String message) {
        super(message);
    }
}
