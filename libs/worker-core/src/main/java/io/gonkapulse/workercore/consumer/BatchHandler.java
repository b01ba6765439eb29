package io.gonkapulse.workercore.consumer;

/**
 * Turns the records of one topic into rows. Several threads call it at the same time, each with its
 * own batch; after a failure it gets the same records again.
 *
 * @param <W> a batch after decoding and merging
 */
public interface BatchHandler<W> {

    /** Decodes and merges without access to the database. Reports records that do not decode as invalid. */
    W reduce(ConsumerBatch batch, DeadLetterBuffer invalidRecords);

    /**
     * Writes in the transaction of this thread, which also advances the consumer offset.
     *
     * @return how many records became the stored state; the others are superseded
     */
    long write(W reduced);
}
