package io.gonkapulse.contracts.json;

import org.jspecify.annotations.Nullable;

/** These bytes are no message of ours, and never will be: trying again cannot help. */
public final class UndecodableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Few and fixed, so that they can be counted by. */
    public enum Reason {
        NOT_JSON,
        UNKNOWN_VERSION,
        MISSING_FIELD,
        BAD_FIELD
    }

    private final Reason reason;

    UndecodableMessageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static UndecodableMessageException badField(Field field, String expected, String got) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + field.jsonName() + ": expected " + expected + ", got " + got, null);
    }

    static UndecodableMessageException badField(Field field, IllegalArgumentException cause) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + field.jsonName() + ": " + cause.getMessage(), cause);
    }

    static UndecodableMessageException unacceptable(IllegalArgumentException refusal) {
        return new UndecodableMessageException(Reason.BAD_FIELD, String.valueOf(refusal.getMessage()), refusal);
    }

    static UndecodableMessageException missing(Field field) {
        return new UndecodableMessageException(Reason.MISSING_FIELD, "Field " + field.jsonName() + " is missing", null);
    }
}
