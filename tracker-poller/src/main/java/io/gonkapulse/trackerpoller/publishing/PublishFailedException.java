package io.gonkapulse.trackerpoller.publishing;

/** Not all of what a poll brought is safe: the poll has failed, and the next one tells it again. */
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

    private PublishFailedException(String message, Throwable cause, boolean refused) {
        super(message, cause);
        this.rejected = refused;
    }

    /** The broker looked at it and does not want it. */
    static PublishFailedException rejected(String message, Throwable cause) {
        return new PublishFailedException(message, cause, true);
    }

    /** Whether it would be refused again, however soon it is sent. */
    public boolean isRejected() {
        return rejected;
    }
}
