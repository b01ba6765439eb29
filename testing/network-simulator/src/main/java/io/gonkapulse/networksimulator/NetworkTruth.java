package io.gonkapulse.networksimulator;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.DailyTruth.DayTruth;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The ground truth, computed from the model without any endpoint. */
public final class NetworkTruth {

    private final NetworkModel model;
    private final ChainCalendar calendar;

    public NetworkTruth(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
    }

    /** The chain's counters of a node at a height. */
    public SimulatedCounters liveCounters(NodeIdentifier node, long epoch, long height) {
        return model.liveCounters(number(node), epoch, height);
    }

    /** Returns empty before the settlement and for a node outside the active set. */
    public Optional<SettlementTruth> settlement(NodeIdentifier node, long epoch, Instant at) {
        long height = calendar.heightAt(at);
        return model.settlement(number(node), epoch, height).map(settlement -> toSettlementTruth(node, settlement));
    }

    /** Constant within a UTC minute. */
    public SimulatedHealth health(NodeIdentifier node, Instant minute) {
        return model.health(number(node), minute);
    }

    /**
     * Earnings and work per node and day by the ledger's rule: a settled epoch counts its settlement from the day of
     * that on; an unsettled epoch counts its largest observed counters. A day is the difference to the previous day.
     *
     * @param now observations of later blocks are ignored
     */
    public DailyTruth earnings(ObservationLog observations, Instant now) {
        long newest = calendar.heightAt(now);
        DailyTruth days = new DailyTruth();
        for (ObservationLog.NodeEpoch key : observations.nodeEpochs()) {
            contribution(observations, key, newest).forEachDay((day, change) -> days.add(key.node(), day, change));
        }
        return days;
    }

    private EpochContribution contribution(ObservationLog observations, ObservationLog.NodeEpoch key, long newest) {
        int participant = number(key.node());
        EpochContribution contribution = new EpochContribution();
        for (long height : observations.liveHeights(key).headSet(newest, true)) {
            contribution.recordLive(dayOf(height), model.liveCounters(participant, key.epoch(), height));
        }
        model.settlement(participant, key.epoch(), Math.min(newest, observations.settlementHeight(key)))
                .ifPresent(settlement -> contribution.recordSettlement(
                        settlement,
                        dayOf(calendar.settlementHeight(key.epoch())),
                        settlement.forfeited() ? dayOf(calendar.settlementHeight(key.epoch() + 2)) : null));
        return contribution;
    }

    private SettlementTruth toSettlementTruth(NodeIdentifier node, SimulatedSettlement settlement) {
        long epoch = settlement.epoch();
        long height = calendar.settlementHeight(epoch);
        Optional<Instant> claimedAt = settlement.claimed()
                ? Optional.of(calendar.blockTime(
                        model.claimHeight(number(node), epoch).orElseThrow()))
                : Optional.empty();
        Optional<Instant> forfeitedAt = settlement.forfeited()
                ? Optional.of(calendar.blockTime(calendar.settlementHeight(epoch + 2)))
                : Optional.empty();
        return new SettlementTruth(node, settlement, height, calendar.blockTime(height), claimedAt, forfeitedAt);
    }

    private LocalDate dayOf(long height) {
        return LocalDate.ofInstant(calendar.blockTime(height), ZoneOffset.UTC);
    }

    private int number(NodeIdentifier node) {
        return model.find(node.value())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a node of this network, got " + node + ": was it built with another seed?"));
    }

    /** The value of one epoch of one node at the end of each day, {@code C(e, D)}. */
    private static final class EpochContribution {

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

    /**
     * A settlement as known at an instant, with the times of its changes.
     *
     * @param claimedAt empty while unclaimed
     * @param forfeitedAt empty while not forfeited
     */
    public record SettlementTruth(
            NodeIdentifier node,
            SimulatedSettlement settlement,
            long height,
            Instant settledAt,
            Optional<Instant> claimedAt,
            Optional<Instant> forfeitedAt) {}
}
