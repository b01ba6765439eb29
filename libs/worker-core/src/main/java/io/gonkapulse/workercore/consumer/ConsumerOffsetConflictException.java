package io.gonkapulse.workercore.consumer;

/** Another consumer has applied records of a partition that this one took for its own. */
final class ConsumerOffsetConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConsumerOffsetConflictException() {
        super("Another consumer moved the position of a partition of this batch");
    }
}
