package io.gonkapulse.apigateway.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of durations by slot, as in table {@code job_durations}: slot 0 has durations of 0 ms, slot s those above
 * 1.1^(s-2) and up to 1.1^(s-1) ms. A percentile is within 5 % of the exact one. Not safe for use by many threads.
 */
final class DurationSlots {

    private static final double GROWTH = 1.1;

    /** Below it, a slot has at most one whole number. */
    private static final double MAX_WHOLE = 10.5;

    /** Above it, a decimal would be below the precision. */
    private static final double MIN_ROUNDED = 1_000;

    private final NavigableMap<Integer, Long> numbers = new TreeMap<>();
    private long total;

    void add(int slot, long number) {
        numbers.merge(slot, number, Long::sum);
        total += number;
    }

    long total() {
        return total;
    }

    /**
     * Returns the duration that the given percentage of durations does not exceed, in milliseconds.
     *
     * @return null without durations
     */
    @Nullable
    BigDecimal percentile(int percent) {
        long rank = (Math.multiplyExact(total, percent) + 99) / 100;
        long seen = 0;
        for (Map.Entry<Integer, Long> slot : numbers.entrySet()) {
            seen += slot.getValue();
            if (seen >= rank && slot.getValue() > 0) {
                return middle(slot.getKey());
            }
        }
        return null;
    }

    /** The value whose relative distance to both ends of a slot is the same: 1 / 21. */
    private static BigDecimal middle(int slot) {
        if (slot == 0) {
            return BigDecimal.ZERO;
        }
        double high = Math.pow(GROWTH, slot - 1.0);
        double value = 2 * high / (1 + GROWTH);
        int decimals = value <= MAX_WHOLE || value >= MIN_ROUNDED ? 0 : 1;
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
