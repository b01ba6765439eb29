package io.gonkapulse.earningsaggregator.rebuild;

/** A rebuild cannot begin now. */
public final class RebuildRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildRefusedException(String message) {
        super(message);
    }
}
