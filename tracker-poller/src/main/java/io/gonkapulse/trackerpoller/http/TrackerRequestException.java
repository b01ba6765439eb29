package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A site had nothing worth reading; another one of the same tracker might. */
public final class TrackerRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Few and fixed, so that they can be counted by. */
    public enum RequestFailureReason {
        /** The name of the host is not known. */
        UNKNOWN_HOST,
        /** Nobody listens, or nobody could be reached in time. */
        NO_CONNECTION,
        /** TLS was refused by one side or the other. */
        TLS,
        /** Connected, but the answer did not come, or stopped coming. */
        SLOW,
        /** The connection ended in the middle of the answer. */
        BROKEN_OFF,
        /** A status other than success; {@link #status} has it. */
        REFUSED,
        /** Redirects in a circle, too many of them, or to another host. */
        REDIRECT,
        /** Longer than we are willing to read. */
        TOO_LONG,
        /** A web page, an empty body, or anything else that is not JSON. */
        NOT_JSON,
        /** JSON, but not what was asked for. */
        UNUSABLE,
        /** Not asked, because it failed too often of late. */
        CIRCUIT_OPEN,
        /** Not asked, because the limits of the tracker were used up. */
        LIMITED,
        /** Not asked, because the task ran out of time. */
        OUT_OF_TIME
    }

    private final RequestFailureReason reason;

    private final int status;

    private final @Nullable Duration retryAfter;

    private final boolean includesUrl;

    private TrackerRequestException(
            RequestFailureReason reason,
            int status,
            @Nullable Duration retryAfter,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.includesUrl = false;
        this.reason = reason;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public static TrackerRequestException of(RequestFailureReason reason, String message) {
        return new TrackerRequestException(reason, 0, null, message, null);
    }

    public static TrackerRequestException of(RequestFailureReason reason, String message, Throwable cause) {
        return new TrackerRequestException(reason, 0, null, message, cause);
    }

    public static TrackerRequestException refused(int status, String message) {
        return refused(status, null, message);
    }

    static TrackerRequestException refused(int status, @Nullable Duration retryAfter, String message) {
        return new TrackerRequestException(RequestFailureReason.REFUSED, status, retryAfter, message, null);
    }

    private TrackerRequestException(String url, TrackerRequestException failure) {
        super(url + ": " + failure.getMessage(), failure);
        this.includesUrl = true;
        this.reason = failure.reason;
        this.status = failure.status;
        this.retryAfter = failure.retryAfter;
    }

    /** The same, with the address to which it happened in its message. */
    TrackerRequestException withUrl(String url) {
        return includesUrl ? this : new TrackerRequestException(url, this);
    }

    public RequestFailureReason reason() {
        return reason;
    }

    /** How long the site asked to be left alone. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The site answered, and the answer is no: it is not to blame, and would say so again. */
    boolean isPermanentRefusal() {
        return reason == RequestFailureReason.REFUSED
                && status >= 400
                && status < 500
                && status != 408
                && status != 425
                && status != 429;
    }

    /** Asking again may help. */
    boolean isRetryable() {
        return switch (reason) {
            case NO_CONNECTION, BROKEN_OFF -> true;
            case REFUSED -> !isPermanentRefusal();
            default -> false;
        };
    }

    boolean wasSent() {
        return switch (reason) {
            case CIRCUIT_OPEN, LIMITED, OUT_OF_TIME -> false;
            default -> true;
        };
    }

    /** It says something of the site, and not only of this question or of us. */
    boolean isAddressFault() {
        return wasSent() && !isPermanentRefusal();
    }

    /** The tracker itself had its say; a web page or a 503 is what others say while it is away. */
    boolean isTrackerResponse() {
        return switch (reason) {
            case UNUSABLE, TOO_LONG -> true;
            case REFUSED -> isPermanentRefusal() || status < 400 || status == 500 || status == 501;
            default -> false;
        };
    }

    /** The HTTP status, where that is what was wrong. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
