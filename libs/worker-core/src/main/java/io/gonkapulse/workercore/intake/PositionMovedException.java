package io.gonkapulse.workercore.intake;

/** Another consumer has applied records of a partition that this one took for its own. */
final class PositionMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionMovedException() {
        super("Another consumer moved the position of a partition of this batch");
    }
}
