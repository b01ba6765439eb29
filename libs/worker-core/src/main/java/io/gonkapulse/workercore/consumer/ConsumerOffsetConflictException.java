package io.gonkapulse.workercore.consumer;

/** Another consumer advanced the offset of a partition that this consumer regarded as its own. */
final class ConsumerOffsetConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConsumerOffsetConflictException() {
        super("Another consumer advanced the offset of a partition of this batch");
    }
}
