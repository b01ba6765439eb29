package io.gonkapulse.benchmarks.api;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long answers took, to ten microseconds. */
final class Latencies {

    private static final long STEP_NANOS = 10_000;
    private static final int STEPS = (int) (TimeUnit.SECONDS.toNanos(10) / STEP_NANOS);

    private final int[] counts = new int[STEPS];
    private long total;

    void add(long nanos) {
        counts[(int) Math.min(nanos / STEP_NANOS, STEPS - 1L)]++;
        total++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    long total() {
        return total;
    }

    /** The time, in milliseconds, within which this share of the answers came; 0 if there were none. */
    double millis(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int step = 0; step < STEPS && wanted > 0; step++) {
            seen += counts[step];
            if (seen >= wanted) {
                return (step + 1) * STEP_NANOS / 1e6;
            }
        }
        return 0;
    }
}
