package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.Ngonka;

/** What one UTC day brought; less than nothing when a reward that was counted before was forfeited on it. */
public record DayTruth(Ngonka earned, long inferences) {

    public static final DayTruth ZERO = new DayTruth(Ngonka.ZERO, 0);

    DayTruth plus(DayTruth other) {
        return new DayTruth(earned.plus(other.earned), inferences + other.inferences);
    }

    DayTruth minus(DayTruth other) {
        return new DayTruth(earned.minus(other.earned), inferences - other.inferences);
    }

    DayTruth max(DayTruth other) {
        return new DayTruth(earned.max(other.earned), Math.max(inferences, other.inferences));
    }
}
