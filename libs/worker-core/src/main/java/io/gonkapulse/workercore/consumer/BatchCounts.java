package io.gonkapulse.workercore.consumer;

/**
 * Outcome of a batch. The three counts add up to the records received.
 *
 * @param stored now in the tables
 * @param superseded older than the stored row, or equal to it
 * @param deadLettered published as dead letters
 */
record BatchCounts(long stored, long superseded, long deadLettered) {

    static BatchCounts of(long received, long stored, long deadLettered) {
        return new BatchCounts(stored, received - deadLettered - stored, deadLettered);
    }

    long received() {
        return stored + superseded + deadLettered;
    }
}
