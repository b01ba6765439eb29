package io.gonkapulse.benchmarks.results;

import java.util.List;

/** How long one thing took, again and again, in milliseconds. */
public record Latency(String name, List<Double> sorted) {

    public Latency {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one time");
        }
        sorted = sorted.stream().sorted().toList();
    }

    /** So many of a hundred took no longer than this. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
