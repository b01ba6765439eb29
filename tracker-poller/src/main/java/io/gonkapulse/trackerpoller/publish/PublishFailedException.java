package io.gonkapulse.trackerpoller.publish;

/** Not all of what a poll brought is safe: the poll has failed, and the next one tells it again. */
public final class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PublishFailedException(String message) {
        super(message);
    }

    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
