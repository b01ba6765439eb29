package io.gonkapulse.benchmarks.api;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long answers took, to ten microseconds. */
final class LatencyHistogram {

    private static final long BUCKET_NANOS = 10_000;
    private static final int BUCKETS = (int) (TimeUnit.SECONDS.toNanos(10) / BUCKET_NANOS);

    private final int[] counts = new int[BUCKETS];
    private long count;

    void record(long nanos) {
        counts[(int) Math.min(nanos / BUCKET_NANOS, BUCKETS - 1L)]++;
        count++;
    }

    void reset() {
        Arrays.fill(counts, 0);
        count = 0;
    }

    long count() {
        return count;
    }

    /** The time, in milliseconds, within which this share of the answers came; 0 if there were none. */
    double percentileMillis(double quantile) {
        long rank = (long) Math.ceil(quantile * count);
        long cumulative = 0;
        for (int bucket = 0; bucket < BUCKETS && rank > 0; bucket++) {
            cumulative += counts[bucket];
            if (cumulative >= rank) {
                return (bucket + 1) * BUCKET_NANOS / 1e6;
            }
        }
        return 0;
    }
}
