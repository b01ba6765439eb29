package io.gonkapulse.benchmarks.earnings;

import java.time.Duration;

/**
 * What it takes to keep up with a stream of snapshots.
 *
 * @param data nodes, and how much history stands in the tables
 * @param backlog how long after the start nothing of a backlog was left, while more kept coming
 * @param verified how long after the start all of the history was verified, while more kept coming
 * @param lag the most records that were not applied yet when it was looked at, after that
 * @param snapshots that were applied while it was measured
 * @param service processor time of the service
 * @param database processor time of PostgreSQL
 * @param time that it was measured for
 */
record LiveCost(
        String data,
        Duration backlog,
        Duration verified,
        long lag,
        long snapshots,
        Duration service,
        Duration database,
        Duration time) {

    double shareOfOneCore() {
        return (double) service.toNanos() / time.toNanos();
    }

    double perSecond() {
        return snapshots * 1e9 / time.toNanos();
    }

    double serviceMicros() {
        return service.toNanos() / 1e3 / snapshots;
    }

    double databaseMicros() {
        return database.toNanos() / 1e3 / snapshots;
    }
}
