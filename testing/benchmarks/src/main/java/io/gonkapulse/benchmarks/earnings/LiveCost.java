package io.gonkapulse.benchmarks.earnings;

import java.time.Duration;

/**
 * Cost of following a stream of snapshots.
 *
 * @param label number of nodes and days of history
 * @param backlogTime time until the backlog was applied, under load
 * @param verificationTime time until the whole history was verified, under load
 * @param maxLag most unapplied records while measuring
 * @param snapshots snapshots applied while measuring
 * @param serviceCpu processor time of the service
 * @param databaseCpu processor time of PostgreSQL
 * @param measuredTime duration of the measurement
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
