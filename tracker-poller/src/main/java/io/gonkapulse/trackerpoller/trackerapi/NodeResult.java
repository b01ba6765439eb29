package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;

/** What came of an epoch for one node. */
public sealed interface NodeResult {

    NodeCounters counters();

    /**
     * Its final counters and its reward.
     *
     * @param approximate floored to whole GNK
     */
    record RewardedResult(NodeCounters counters, Ngonka rewarded, boolean claimed, boolean approximate)
            implements NodeResult {}

    /** Its final counters; the source does not tell rewards of so long ago. */
    record CountersOnlyResult(NodeCounters counters) implements NodeResult {}
}
