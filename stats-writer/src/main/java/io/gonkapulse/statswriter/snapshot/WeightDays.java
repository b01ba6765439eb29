package io.gonkapulse.statswriter.snapshot;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Largest weight of one node by UTC day and epoch. A maximum only, so order and repetition have no
 * effect.
 */
final class WeightDays {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final WeightDay NONE = new WeightDay(Long.MIN_VALUE, Long.MIN_VALUE);

    private final Map<WeightDay, MaxWeight> byDay = new TreeMap<>();
    private WeightDay day = NONE;
    private MaxWeight max = new MaxWeight();

    /** Ignores the negative weight of a snapshot without one. */
    void add(long observedMicros, long epoch, long weight) {
        if (weight >= 0) {
            selectDay(Math.floorDiv(observedMicros, MICROS_PER_DAY), epoch);
            max.weight = Math.max(max.weight, weight);
        }
    }

    /** Remembers the current day, because consecutive snapshots mostly belong to the same one. */
    private void selectDay(long epochDay, long epoch) {
        if (epochDay != day.epochDay || epoch != day.epoch) {
            day = new WeightDay(epochDay, epoch);
            max = byDay.computeIfAbsent(day, unknown -> new MaxWeight());
        }
    }

    Map<WeightDay, MaxWeight> byDay() {
        return byDay;
    }

    /** @param epochDay days since 1970 */
    record WeightDay(long epochDay, long epoch) implements Comparable<WeightDay> {

        private static final Comparator<WeightDay> ORDER =
                Comparator.comparingLong(WeightDay::epochDay).thenComparingLong(WeightDay::epoch);

        @Override
        public int compareTo(WeightDay other) {
            return ORDER.compare(this, other);
        }
    }

    static final class MaxWeight {

        long weight;
    }
}
