package io.gonkapulse.benchmarks.results;

import java.util.List;

/** Throughput of the iterations of one measurement, per second. */
public record ThroughputSamples(List<Double> sortedRates) {

    public ThroughputSamples {
        if (sortedRates.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one iteration");
        }
        sortedRates = sortedRates.stream().sorted().toList();
    }

    public double median() {
        int middle = sortedRates.size() / 2;
        return sortedRates.size() % 2 == 1
                ? sortedRates.get(middle)
                : (sortedRates.get(middle - 1) + sortedRates.get(middle)) / 2;
    }

    /** Half the distance between the extremes, relative to the median. */
    double spread() {
        return (sortedRates.get(sortedRates.size() - 1) - sortedRates.get(0)) / 2 / median();
    }
}
