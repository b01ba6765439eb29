package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.trackerpoller.source.json.Entry;
import java.util.Comparator;
import java.util.List;

/** Where the counters of an epoch stand in an object; all kinds call them by the same names. */
public final class EpochCounters {

    /** Counters of one node in one epoch only grow: the largest are the newest. */
    public static final Comparator<Counters> GROWN = Comparator.comparingLong(Counters::inferences)
            .thenComparing(Counters::earned)
            .thenComparingLong(Counters::missed)
            .thenComparingLong(Counters::validated)
            .thenComparingLong(Counters::invalidated);

    private final String earned;
    private final String inferences;
    private final String missed;
    private final String validated;
    private final String invalidated;

    private EpochCounters(String prefix) {
        earned = prefix + "earned_coins";
        inferences = prefix + "inference_count";
        missed = prefix + "missed_requests";
        validated = prefix + "validated_inferences";
        invalidated = prefix + "invalidated_inferences";
    }

    /** By the path of the object that they stand in. */
    public static EpochCounters in(String object) {
        return new EpochCounters(object + '.');
    }

    public List<String> paths() {
        return List.of(earned, inferences, missed, validated, invalidated);
    }

    /** What is not there is zero. */
    public Counters read(Entry entry) {
        return new Counters(
                entry.coins(earned),
                entry.counter(inferences),
                entry.counter(missed),
                entry.counter(validated),
                entry.counter(invalidated));
    }
}
