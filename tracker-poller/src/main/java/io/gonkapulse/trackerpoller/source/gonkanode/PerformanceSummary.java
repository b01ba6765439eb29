package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.EpochCounters;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;

/** What the chain keeps of one node in one settled epoch. */
final class PerformanceSummary {

    private static final String OBJECT = "epochPerformanceSummary";
    private static final String EPOCH = OBJECT + ".epoch_index";
    private static final String NODE = OBJECT + ".participant_id";
    private static final String REWARDED = OBJECT + ".rewarded_coins";
    private static final String CLAIMED = OBJECT + ".claimed";
    private static final EpochCounters COUNTERS = EpochCounters.in(OBJECT);
    private static final int LONGEST_ADDRESS = 200;

    static final Shape SHAPE = Shape.of(EPOCH, NODE, REWARDED, CLAIMED).and(COUNTERS.paths());

    private PerformanceSummary() {}

    static NodeResult read(Entry entry, long epoch, NodeIdentifier node) {
        String named = entry.text(NODE, LONGEST_ADDRESS);
        if (entry.required(EPOCH) != epoch || named == null || !named.equalsIgnoreCase(node.value())) {
            throw new MalformedException("Expected what " + node + " did in epoch " + epoch + ", got something else");
        }
        return new NodeResult.Rewarded(
                COUNTERS.read(entry), entry.coins(REWARDED), Boolean.TRUE.equals(entry.flag(CLAIMED)), false);
    }
}
