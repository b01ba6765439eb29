package io.gonkapulse.benchmarks.poller;

/** Something that is measured. */
interface MeasuredTask {

    /** Does it once, and says for how many participants. */
    long runOnce();
}
