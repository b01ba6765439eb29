package io.gonkapulse.benchmarks.poller;

/** What a measured process speaks of. */
enum Measure {
    POLL,
    FETCH,
    READ,
    PUBLISH,
    FOOTPRINT
}
