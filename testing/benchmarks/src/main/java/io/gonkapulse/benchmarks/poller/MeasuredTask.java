package io.gonkapulse.benchmarks.poller;

/** A task whose throughput is measured. */
interface MeasuredTask {

    /** Runs once and returns the number of processed participants. */
    long runOnce();
}
