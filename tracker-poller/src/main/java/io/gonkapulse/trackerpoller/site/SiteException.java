package io.gonkapulse.trackerpoller.site;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A site had nothing worth reading; another one of the same tracker might. */
public final class SiteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Few and fixed, so that they can be counted by. */
    public enum Reason {
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

    private final Reason reason;

    private final int status;

    private final @Nullable Duration retryAfter;

    private final boolean namesItsAddress;

    private SiteException(
            Reason reason, int status, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.namesItsAddress = false;
        this.reason = reason;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public static SiteException of(Reason reason, String message) {
        return new SiteException(reason, 0, null, message, null);
    }

    public static SiteException of(Reason reason, String message, Throwable cause) {
        return new SiteException(reason, 0, null, message, cause);
    }

    public static SiteException refused(int status, String message) {
        return refused(status, null, message);
    }

    static SiteException refused(int status, @Nullable Duration retryAfter, String message) {
        return new SiteException(Reason.REFUSED, status, retryAfter, message, null);
    }

    private SiteException(String url, SiteException failure) {
        super(url + ": " + failure.getMessage(), failure);
        this.namesItsAddress = true;
        this.reason = failure.reason;
        this.status = failure.status;
        this.retryAfter = failure.retryAfter;
    }

    /** The same, with the address to which it happened in its message. */
    SiteException at(String url) {
        return namesItsAddress ? this : new SiteException(url, this);
    }

    public Reason reason() {
        return reason;
    }

    /** How long the site asked to be left alone. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The site answered, and the answer is no: it is not to blame, and would say so again. */
    boolean isPlainNo() {
        return reason == Reason.REFUSED
                && status >= 400
                && status < 500
                && status != 408
                && status != 425
                && status != 429;
    }

    /** Asking again may help. */
    boolean isPassing() {
        return switch (reason) {
            case NO_CONNECTION, BROKEN_OFF -> true;
            case REFUSED -> !isPlainNo();
            default -> false;
        };
    }

    boolean wasAsked() {
        return switch (reason) {
            case CIRCUIT_OPEN, LIMITED, OUT_OF_TIME -> false;
            default -> true;
        };
    }

    /** It says something of the site, and not only of this question or of us. */
    boolean isItsFault() {
        return wasAsked() && !isPlainNo();
    }

    /** The tracker itself had its say; a web page or a 503 is what others say while it is away. */
    boolean isAnswer() {
        return switch (reason) {
            case UNUSABLE, TOO_LONG -> true;
            case REFUSED -> isPlainNo() || status < 400 || status == 500 || status == 501;
            default -> false;
        };
    }

    /** The HTTP status, where that is what was wrong. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
