package io.gonkapulse.earningsaggregator.rebuild;

/** A rebuild cannot run now; the message says why and what to do. */
public final class RebuildRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildRefusedException(String message) {
        super(message);
    }
}
