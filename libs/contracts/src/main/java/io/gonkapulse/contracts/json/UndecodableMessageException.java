package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.OutOfBoundsException;
import org.jspecify.annotations.Nullable;

/** These bytes are no message of ours, and never will be: trying again cannot help. */
public final class UndecodableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Few and fixed, so that they can be counted by. */
    public enum Reason {
        NOT_JSON,
        UNKNOWN_VERSION,
        MISSING_FIELD,
        BAD_FIELD,
        /** A value that no record may carry; {@link io.gonkapulse.contracts.MessageLimits} has the bounds. */
        OUT_OF_BOUNDS,
        /** It speaks of a time after its own; {@link RecordTimeLimit} has the rule. */
        TIME_AHEAD
    }

    private final Reason reason;

    UndecodableMessageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static UndecodableMessageException badField(MessageField field, String expected, String got) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + field.jsonName() + ": expected " + expected + ", got " + got, null);
    }

    static UndecodableMessageException badField(MessageField field, IllegalArgumentException cause) {
        return new UndecodableMessageException(
                Reason.BAD_FIELD, "Field " + field.jsonName() + ": " + cause.getMessage(), cause);
    }

    static UndecodableMessageException invalidValue(IllegalArgumentException cause) {
        Reason reason = cause instanceof OutOfBoundsException ? Reason.OUT_OF_BOUNDS : Reason.BAD_FIELD;
        return new UndecodableMessageException(reason, String.valueOf(cause.getMessage()), cause);
    }

    static UndecodableMessageException timeAhead(MessageField field, String time, String latest) {
        return new UndecodableMessageException(
                Reason.TIME_AHEAD,
                "Field " + field.jsonName() + ": expected a time up to " + latest
                        + ", 5 minutes after the record's own, got " + time,
                null);
    }

    static UndecodableMessageException missingField(MessageField field) {
        return new UndecodableMessageException(Reason.MISSING_FIELD, "Field " + field.jsonName() + " is missing", null);
    }
}
