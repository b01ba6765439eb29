package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.store.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a comparison finds: everything is told, some of it is kept. */
final class Findings {

    static final int KEPT = 20;

    private final Consumer<Comparison.Difference> days;
    private final Consumer<String> others;
    private final List<Comparison.Difference> largest = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private long beneath;

    Findings(Consumer<Comparison.Difference> days, Consumer<String> others) {
        this.days = days;
        this.others = others;
    }

    void day(Comparison.Difference difference) {
        days.accept(difference);
        if (largest.size() < KEPT) {
            largest.add(difference);
        }
    }

    void beneath(String difference) {
        others.accept(difference);
        beneath++;
        if (examples.size() < KEPT) {
            examples.add(difference);
        }
    }

    List<Comparison.Difference> largest() {
        return List.copyOf(largest);
    }

    long beneath() {
        return beneath;
    }

    List<String> examples() {
        return List.copyOf(examples);
    }
}
