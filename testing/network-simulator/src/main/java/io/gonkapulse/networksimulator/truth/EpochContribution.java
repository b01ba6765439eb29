package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The value of one epoch of one node at the end of each day, {@code C(e, D)}. */
final class EpochContribution {

    private final NavigableMap<LocalDate, DayTruth> seen = new TreeMap<>();
    private final NavigableMap<LocalDate, DayTruth> settled = new TreeMap<>();

    void recordLive(LocalDate day, SimulatedCounters live) {
        seen.merge(day, new DayTruth(Ngonka.of(live.earned()), live.inferences()), DayTruth::max);
    }

    void recordSettlement(SimulatedSettlement settlement, LocalDate settledOn, @Nullable LocalDate forfeitedOn) {
        SimulatedCounters work = settlement.work();
        Ngonka earned = Ngonka.of(work.earned());
        settled.put(settledOn, new DayTruth(earned.plus(settlement.rewarded()), work.inferences()));
        if (forfeitedOn != null) {
            settled.put(forfeitedOn, new DayTruth(earned, work.inferences()));
        }
    }

    /** Passes each day's difference to the previous day, oldest first. */
    void forEachDay(BiConsumer<LocalDate, DayTruth> action) {
        NavigableMap<LocalDate, DayTruth> days = new TreeMap<>(seen);
        days.putAll(settled);
        DayTruth before = DayTruth.ZERO;
        for (LocalDate day : days.keySet()) {
            DayTruth upToThen = upTo(day);
            action.accept(day, upToThen.minus(before));
            before = upToThen;
        }
    }

    private DayTruth upTo(LocalDate day) {
        var settlement = settled.floorEntry(day);
        return settlement != null
                ? settlement.getValue()
                : seen.headMap(day, true).values().stream().reduce(DayTruth.ZERO, DayTruth::max);
    }
}
