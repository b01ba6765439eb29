package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.Ngonka;

/** What came of an epoch for one node. */
public sealed interface NodeResult {

    Counters counters();

    /**
     * Its final counters and its reward.
     *
     * @param approximate floored to whole GNK
     */
    record Rewarded(Counters counters, Ngonka rewarded, boolean claimed, boolean approximate) implements NodeResult {}

    /** Its final counters; the source does not tell rewards of so long ago. */
    record CountersOnly(Counters counters) implements NodeResult {}
}
