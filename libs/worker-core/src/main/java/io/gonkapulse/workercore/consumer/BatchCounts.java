package io.gonkapulse.workercore.consumer;

/**
 * What became of the records of a batch; together they are all that were received.
 *
 * @param stored now in the tables
 * @param superseded older than what is there, or the same
 * @param deadLettered set aside, with why
 */
record BatchCounts(long stored, long superseded, long deadLettered) {

    static BatchCounts of(long received, long stored, long deadLettered) {
        return new BatchCounts(stored, received - deadLettered - stored, deadLettered);
    }

    long received() {
        return stored + superseded + deadLettered;
    }
}
