package io.gonkapulse.benchmarks.api;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts latencies in buckets of ten microseconds, without allocation. */
final class LatencyHistogram {

    /** Fine enough for medians below a millisecond. Latencies above 10 s count as 10 s. */
    private static final long BUCKET_NANOS = 10_000;

    private static final int BUCKETS = (int) (TimeUnit.SECONDS.toNanos(10) / BUCKET_NANOS);

    private final int[] counts = new int[BUCKETS];
    private long count;

    /** Not thread-safe; the load generator has one thread. */
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

    /** Returns the latency in milliseconds that this share of the responses did not exceed; 0 without responses. */
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
