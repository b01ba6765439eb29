package io.gonkapulse.trackerpoller.trackerapi.json;

/** Something in an object is not what it should be. Cheap, because a body may have a hundred thousand of them. */
public final class MalformedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedValueException(String message) {
        super(message, null, false, false);
    }
}
