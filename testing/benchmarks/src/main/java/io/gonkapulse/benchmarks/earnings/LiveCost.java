package io.gonkapulse.benchmarks.earnings;

import java.time.Duration;

/**
 * What it takes to keep up with a stream of snapshots.
 *
 * @param label nodes, and how much history stands in the tables
 * @param backlogTime how long after the start nothing of a backlog was left, while more kept coming
 * @param verificationTime how long after the start all of the history was verified, while more kept coming
 * @param maxLag the most records that were not applied yet when it was looked at, after that
 * @param snapshots that were applied while it was measured
 * @param serviceCpu processor time of the service
 * @param databaseCpu processor time of PostgreSQL
 * @param measuredTime that it was measured for
 */
record LiveCost(
        String label,
        Duration backlogTime,
        Duration verificationTime,
        long maxLag,
        long snapshots,
        Duration serviceCpu,
        Duration databaseCpu,
        Duration measuredTime) {

    double serviceCpuShare() {
        return (double) serviceCpu.toNanos() / measuredTime.toNanos();
    }

    double perSecond() {
        return snapshots * 1e9 / measuredTime.toNanos();
    }

    double serviceMicros() {
        return serviceCpu.toNanos() / 1e3 / snapshots;
    }

    double databaseMicros() {
        return databaseCpu.toNanos() / 1e3 / snapshots;
    }
}
