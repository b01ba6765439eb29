package io.gonkapulse.trackerpoller.publishing;

/** Some snapshots of a poll are lost. The poll failed; the next one publishes them again. */
public final class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean rejected;

    public PublishFailedException(String message) {
        super(message);
        rejected = false;
    }

    public PublishFailedException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private PublishFailedException(String message, Throwable cause, boolean rejected) {
        super(message, cause);
        this.rejected = rejected;
    }

    /** The broker rejected the record. */
    static PublishFailedException rejected(String message, Throwable cause) {
        return new PublishFailedException(message, cause, true);
    }

    /** Whether a retry would be rejected too. */
    public boolean isRejected() {
        return rejected;
    }
}
