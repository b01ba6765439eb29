package io.gonkapulse.chaos;

import java.time.Duration;

/**
 * Something that goes wrong, and is mended after a while.
 *
 * @param kind its row in the table
 * @param what to whom it happens
 * @param lasts from the begin to the mending
 */
record Fault(Kind kind, String what, Duration lasts, Runnable begin, Runnable mend) {

    /** In the words of the table. */
    enum Kind {
        KILL_POLLER("kill -9 of a poller"),
        KILL_WRITER("kill -9 of a stats writer"),
        KILL_EARNINGS("kill -9 of an aggregator"),
        KILL_API("kill -9 of a gateway"),
        KILL_DATABASE("kill -9 of PostgreSQL"),
        KILL_BROKER("kill -9 of one broker of three"),
        KILL_TWO_BROKERS("kill -9 of two brokers of three"),
        KILL_ALL_BROKERS("kill -9 of all brokers"),
        PAUSE_SERVICE("pause of a service"),
        PAUSE_DATABASE("pause of PostgreSQL"),
        PAUSE_BROKER("pause of one broker of three"),
        CUT_TRACKER("cut between poller and tracker"),
        CUT_KAFKA("cut between a service and Kafka"),
        CUT_DATABASE("cut between a service and PostgreSQL"),
        TRACKER_FAULTS("tracker answers with faults"),
        CLOCK_STEP("clock of the tracker steps"),
        DISK_FULL("disk of the database full");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Fault longerBy(Duration time) {
        return new Fault(kind, what, lasts.plus(time), begin, mend);
    }

    @Override
    public String toString() {
        return kind.words + ": " + what + ", for " + lasts.toMillis() + " ms";
    }
}
