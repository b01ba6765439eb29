package io.gonkapulse.benchmarks.results;

import java.util.List;

/** How long one thing took, again and again, in milliseconds. */
public record LatencySamples(String name, List<Double> sortedMillis) {

    public LatencySamples {
        if (sortedMillis.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one time");
        }
        sortedMillis = sortedMillis.stream().sorted().toList();
    }

    /** So many of a hundred took no longer than this. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sortedMillis.size());
        return sortedMillis.get(Math.max(rank, 1) - 1);
    }
}
