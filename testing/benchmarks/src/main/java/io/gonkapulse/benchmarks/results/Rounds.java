package io.gonkapulse.benchmarks.results;

import java.util.List;

/** What the rounds of one measurement gave, per second. */
public record Rounds(List<Double> sorted) {

    public Rounds {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one round");
        }
        sorted = sorted.stream().sorted().toList();
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double spread() {
        return (sorted.get(sorted.size() - 1) - sorted.get(0)) / 2 / median();
    }
}
