package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One address failed; another address of the same tracker may succeed. */
public final class TrackerRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Most are values of the tag {@code outcome}, so the set is small and fixed. */
    public enum RequestFailureReason {
        /** DNS does not know the host. */
        UNKNOWN_HOST,
        /** Nobody listens, or the connection timed out. */
        NO_CONNECTION,
        /** The TLS handshake failed. */
        TLS,
        /** Connected, but the response did not come in time or stopped. */
        SLOW,
        /** The connection ended within the response. */
        BROKEN_OFF,
        /** A status other than success, see {@link #status}. */
        REFUSED,
        /** Redirects that loop, are too many, or lead to another host. */
        REDIRECT,
        /** Longer than the body limit. */
        TOO_LONG,
        /** A web page, an empty body, or anything else that is not JSON. */
        NOT_JSON,
        /** JSON, but not what was requested. */
        UNUSABLE,
        /** Not sent: the circuit is open. */
        CIRCUIT_OPEN,
        /** Not sent: the limits of the tracker are used up. */
        LIMITED,
        /** Not sent: the task has no time left. */
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

    /** Adds the address to the message, once. */
    TrackerRequestException withUrl(String url) {
        return includesUrl ? this : new TrackerRequestException(url, this);
    }

    public RequestFailureReason reason() {
        return reason;
    }

    /** How long the server asks to wait. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** A client error that a retry would repeat. The address works and refuses this request. */
    boolean isPermanentRefusal() {
        return reason == RequestFailureReason.REFUSED
                && status >= 400
                && status < 500
                && status != 408
                && status != 425
                && status != 429;
    }

    /** Whether a retry may help. */
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

    /** Whether the failure says something about the address, and not only about this request or this poller. */
    boolean isAddressFault() {
        return wasSent() && !isPermanentRefusal();
    }

    /**
     * Whether the tracker itself responded. A web page or a 503 usually comes from a proxy while the tracker is down.
     */
    boolean isTrackerResponse() {
        return switch (reason) {
            case UNUSABLE, TOO_LONG -> true;
            case REFUSED -> isPermanentRefusal() || status < 400 || status == 500 || status == 501;
            default -> false;
        };
    }

    /** The HTTP status, for refusals. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
