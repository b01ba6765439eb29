package io.gonkapulse.benchmarks.poller;

/** Kinds of lines that a measured process reports; names travel between JVMs. */
enum MeasurementType {
    POLL,
    FETCH,
    READ,
    PUBLISH,
    FOOTPRINT
}
