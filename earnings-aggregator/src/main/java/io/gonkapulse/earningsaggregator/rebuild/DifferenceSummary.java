package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Forwards every difference and retains the first ones for the report. */
final class DifferenceSummary {

    static final int MAX_RETAINED = 20;

    private final Consumer<HistoryComparison.DayDifference> days;
    private final Consumer<String> others;
    private final List<HistoryComparison.DayDifference> largest = new ArrayList<>();
    private final List<String> otherExamples = new ArrayList<>();
    private long otherCount;

    DifferenceSummary(Consumer<HistoryComparison.DayDifference> days, Consumer<String> others) {
        this.days = days;
        this.others = others;
    }

    void addDay(HistoryComparison.DayDifference difference) {
        days.accept(difference);
        if (largest.size() < MAX_RETAINED) {
            largest.add(difference);
        }
    }

    void addOther(String difference) {
        others.accept(difference);
        otherCount++;
        if (otherExamples.size() < MAX_RETAINED) {
            otherExamples.add(difference);
        }
    }

    List<HistoryComparison.DayDifference> largest() {
        return List.copyOf(largest);
    }

    long otherCount() {
        return otherCount;
    }

    List<String> otherExamples() {
        return List.copyOf(otherExamples);
    }
}
