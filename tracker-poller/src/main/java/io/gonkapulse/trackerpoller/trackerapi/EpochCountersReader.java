package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import java.util.Comparator;
import java.util.List;

/** Reads the counters of an epoch from an object. All tracker types use the same field names. */
public final class EpochCountersReader {

    /** Counters of one node in one epoch only grow, so the largest are the newest. */
    public static final Comparator<NodeCounters> BY_PROGRESS = Comparator.comparingLong(NodeCounters::inferences)
            .thenComparing(NodeCounters::earned)
            .thenComparingLong(NodeCounters::missed)
            .thenComparingLong(NodeCounters::validated)
            .thenComparingLong(NodeCounters::invalidated);

    private final String earned;
    private final String inferences;
    private final String missed;
    private final String validated;
    private final String invalidated;

    private EpochCountersReader(String prefix) {
        earned = prefix + "earned_coins";
        inferences = prefix + "inference_count";
        missed = prefix + "missed_requests";
        validated = prefix + "validated_inferences";
        invalidated = prefix + "invalidated_inferences";
    }

    /**
     * Reads from a nested object.
     *
     * @param object the path of the object that contains the counters
     */
    public static EpochCountersReader forObject(String object) {
        return new EpochCountersReader(object + '.');
    }

    public List<String> paths() {
        return List.of(earned, inferences, missed, validated, invalidated);
    }

    /** A missing counter is zero. */
    public NodeCounters read(JsonEntry entry) {
        return new NodeCounters(
                entry.ngonka(earned),
                entry.numberOrZero(inferences),
                entry.numberOrZero(missed),
                entry.numberOrZero(validated),
                entry.numberOrZero(invalidated));
    }
}
