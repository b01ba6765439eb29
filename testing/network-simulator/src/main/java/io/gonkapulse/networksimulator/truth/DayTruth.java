package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.Ngonka;

/** The change of one UTC day. Earnings are negative on a day that forfeits a reward counted before. */
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
