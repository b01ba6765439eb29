package io.gonkapulse.workercore.intake;

/**
 * What became of the records of a batch; together they are all that were received.
 *
 * @param stored now in the tables
 * @param superseded older than what is there, or the same
 * @param deadLettered set aside, with why
 */
record Tally(long stored, long superseded, long deadLettered) {

    static Tally of(long received, long stored, long deadLettered) {
        return new Tally(stored, received - deadLettered - stored, deadLettered);
    }

    long received() {
        return stored + superseded + deadLettered;
    }
}
