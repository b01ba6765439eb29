package io.gonkapulse.trackerpoller.trackerapi.json;

/** A field has an invalid value. Without a stack trace, because a body may contain a hundred thousand of them. */
public final class MalformedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedValueException(String message) {
        super(message, null, false, false);
    }
}
