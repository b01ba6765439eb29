package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;

/** The result of an epoch for one node. */
public sealed interface NodeResult {

    NodeCounters counters();

    /**
     * The final counters and the reward.
     *
     * @param approximate whether the reward is rounded down to whole GNK
     */
    record RewardedResult(NodeCounters counters, Ngonka rewarded, boolean claimed, boolean approximate)
            implements NodeResult {}

    /** The final counters; the tracker no longer reports the reward. */
    record CountersOnlyResult(NodeCounters counters) implements NodeResult {}
}
