package io.gonkapulse.chaos;

import java.time.Duration;

/**
 * A failure that is repaired after a while.
 *
 * @param type its row in the table
 * @param target the affected component
 * @param duration time from injection to repair
 */
record InjectedFault(FaultType type, String target, Duration duration, Runnable inject, Runnable repair) {

    /** Labels are those of the table in docs/reliability.md. */
    enum FaultType {
        KILL_POLLER("kill -9 of a poller"),
        KILL_WRITER("kill -9 of a stats writer"),
        KILL_EARNINGS("kill -9 of an aggregator"),
        KILL_RECORDER("kill -9 of a job recorder"),
        KILL_API("kill -9 of a gateway"),
        KILL_DATABASE("kill -9 of PostgreSQL"),
        KILL_BROKER("kill -9 of one broker of three"),
        KILL_TWO_BROKERS("kill -9 of two brokers of three"),
        KILL_ALL_BROKERS("kill -9 of all brokers"),
        PAUSE_SERVICE("pause of a service"),
        PAUSE_DATABASE("pause of PostgreSQL"),
        PAUSE_BROKER("pause of one broker of three"),
        CUT_TRACKER("cut poller–tracker"),
        CUT_KAFKA("cut service–Kafka"),
        CUT_DATABASE("cut service–PostgreSQL"),
        TRACKER_FAULTS("tracker returns faults"),
        CLOCK_STEP("tracker clock steps"),
        DISK_FULL("database disk full");

        private final String label;

        FaultType(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    InjectedFault extendedBy(Duration time) {
        return new InjectedFault(type, target, duration.plus(time), inject, repair);
    }

    @Override
    public String toString() {
        return type.label + ": " + target + ", for " + duration.toMillis() + " ms";
    }
}
