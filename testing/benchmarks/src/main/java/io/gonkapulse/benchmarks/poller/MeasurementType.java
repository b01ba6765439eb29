package io.gonkapulse.benchmarks.poller;

/** What a measured process speaks of. */
enum MeasurementType {
    POLL,
    FETCH,
    READ,
    PUBLISH,
    FOOTPRINT
}
