package io.gonkapulse.workercore.consumer;

/**
 * What one consumer makes of its topic. It is called by several threads, each with a batch of its own, and again with
 * the same records after a failure.
 *
 * @param <W> what is left of a batch once it is decoded and merged
 */
public interface BatchHandler<W> {

    /** Decodes and merges; asks no database. What cannot be decoded goes to the rejections. */
    W reduce(ConsumerBatch batch, InvalidRecordBuffer invalidRecords);

    /**
     * Writes in the transaction that is open on this thread, in which the position of the consumer moves as well.
     *
     * @return how many records are now in the tables; the others were older or said nothing new
     */
    long write(W reduced);
}
