package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.MessageLimits.OutOfBoundsException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bytes are not a valid message. A retry cannot help. */
public final class UndecodableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A small fixed set: the reason of a dead letter. */
    public enum Reason {
        NOT_JSON,
        UNKNOWN_VERSION,
        MISSING_FIELD,
        BAD_FIELD,
        /** A value outside of {@link io.gonkapulse.contracts.MessageLimits}. */
        OUT_OF_BOUNDS,
        /** A time after the record's own timestamp; see {@link RecordTimeLimit}. */
        TIME_AHEAD
    }

    private final Reason reason;

    public UndecodableMessageException(Reason reason, String message, @Nullable Throwable cause) {
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

    /**
     * Creates a message from decoded values. Constructors refuse impossible values; here that means an invalid message,
     * not a programming error.
     */
    static <T> T translate(Supplier<T> message) {
        try {
            return message.get();
        } catch (IllegalArgumentException e) {
            throw invalidValue(e);
        }
    }
}
