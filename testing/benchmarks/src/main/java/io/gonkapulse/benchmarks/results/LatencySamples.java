package io.gonkapulse.benchmarks.results;

import java.util.List;

/** Latencies of repeated probes, in milliseconds. */
public record LatencySamples(String name, List<Double> sortedMillis) {

    public LatencySamples {
        if (sortedMillis.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one sample");
        }
        sortedMillis = sortedMillis.stream().sorted().toList();
    }

    /** Nearest-rank percentile. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sortedMillis.size());
        return sortedMillis.get(Math.max(rank, 1) - 1);
    }
}
