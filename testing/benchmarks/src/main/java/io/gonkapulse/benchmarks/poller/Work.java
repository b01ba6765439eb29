package io.gonkapulse.benchmarks.poller;

/** Something that is measured. */
interface Work {

    /** Does it once, and says for how many participants. */
    long once();
}
