package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.EpochCountersReader;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;

/** Reads what the chain stores of one node in a settled epoch. */
final class PerformanceSummaryReader {

    private static final String OBJECT = "epochPerformanceSummary";
    private static final String EPOCH = OBJECT + ".epoch_index";
    private static final String NODE = OBJECT + ".participant_id";
    private static final String REWARDED = OBJECT + ".rewarded_coins";
    private static final String CLAIMED = OBJECT + ".claimed";
    private static final EpochCountersReader COUNTERS = EpochCountersReader.forObject(OBJECT);
    private static final int MAX_ADDRESS_LENGTH = 200;

    static final JsonObjectShape SHAPE =
            JsonObjectShape.of(EPOCH, NODE, REWARDED, CLAIMED).and(COUNTERS.paths());

    private PerformanceSummaryReader() {}

    static NodeResult read(JsonEntry entry, long epoch, NodeIdentifier node) {
        String named = entry.text(NODE, MAX_ADDRESS_LENGTH);
        if (entry.requiredNumber(EPOCH) != epoch || named == null || !named.equalsIgnoreCase(node.value())) {
            throw new MalformedValueException(
                    "Expected what " + node + " did in epoch " + epoch + ", got something else");
        }
        return new NodeResult.RewardedResult(
                COUNTERS.read(entry), entry.ngonka(REWARDED), Boolean.TRUE.equals(entry.flag(CLAIMED)), false);
    }
}
