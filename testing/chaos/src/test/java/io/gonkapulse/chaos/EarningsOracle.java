package io.gonkapulse.chaos;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.networksimulator.DailyTruth;
import io.gonkapulse.networksimulator.DailyTruth.DayTruth;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.ObservationLog;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.SimulatedCounters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Expected rows of the earnings tables. It takes only observed nodes and block heights from the snapshots; amounts
 * come from the simulated network.
 */
final class EarningsOracle {

    private final SimulatedNetwork network;
    private final List<Snapshot> snapshots;
    private final DailyTruth days;

    EarningsOracle(SimulatedNetwork network, List<Snapshot> snapshots, Instant now) {
        this.network = network;
        this.snapshots = snapshots;
        ObservationLog observations = new ObservationLog();
        for (Snapshot snapshot : snapshots) {
            if (snapshot instanceof LiveSnapshot) {
                observations.recordLive(snapshot.node(), snapshot.epoch(), height(snapshot));
            } else {
                observations.recordSettlement(snapshot.node(), snapshot.epoch(), height(snapshot));
            }
        }
        this.days = network.truth().earnings(observations, now);
    }

    private long height(Snapshot snapshot) {
        Long reported = snapshot.origin().height();
        return reported == null ? network.calendar().heightAt(snapshot.origin().observedAt()) : reported;
    }

    Map<String, String> history() {
        Map<String, String> rows = new TreeMap<>();
        for (NodeIdentifier node : days.nodes()) {
            days.of(node)
                    .forEach((day, truth) -> rows.put(node + " " + day, truth.earned() + " " + truth.inferences()));
        }
        return rows;
    }

    Map<String, String> daily() {
        Map<String, String> rows = new TreeMap<>();
        days.networkTotals()
                .forEach((day, truth) -> rows.put(day.toString(), truth.earned().toString()));
        return rows;
    }

    /** Totals of all nodes that were ever seen. */
    Map<String, Ngonka> totals() {
        Map<String, Ngonka> totals = new TreeMap<>();
        for (Snapshot snapshot : snapshots) {
            totals.put(
                    snapshot.node().value(),
                    days.of(snapshot.node()).values().stream()
                            .map(day -> day.earned())
                            .reduce(Ngonka.ZERO, Ngonka::plus));
        }
        return totals;
    }

    DayTruth dayOf(NodeIdentifier node, LocalDate day) {
        return days.on(node, day);
    }

    Map<String, String> ledger() {
        Map<String, SimulatedCounters> largest = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            if (snapshot instanceof LiveSnapshot) {
                LocalDate day = LocalDate.ofInstant(snapshot.origin().observedAt(), ZoneOffset.UTC);
                largest.merge(
                        snapshot.node() + " " + snapshot.epoch() + " " + day,
                        network.truth().liveCounters(snapshot.node(), snapshot.epoch(), height(snapshot)),
                        EarningsOracle::max);
            }
        }
        Map<String, String> rows = new TreeMap<>();
        largest.forEach((key, seen) -> rows.put(key, format(seen)));
        return rows;
    }

    private static SimulatedCounters max(SimulatedCounters one, SimulatedCounters other) {
        return new SimulatedCounters(
                Math.max(one.inferences(), other.inferences()),
                Math.max(one.missed(), other.missed()),
                Math.max(one.earned(), other.earned()),
                Math.max(one.validated(), other.validated()),
                Math.max(one.invalidated(), other.invalidated()));
    }

    private static String format(SimulatedCounters counters) {
        return counters.earned() + " " + counters.inferences() + " " + counters.missed() + " " + counters.validated()
                + " " + counters.invalidated();
    }

    Map<String, String> settlements() {
        Map<String, String> rows = new TreeMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            String key = snapshot.node() + " " + snapshot.epoch();
            if (!(snapshot instanceof LiveSnapshot)
                    && newest.merge(key, height(snapshot), Math::max) == height(snapshot)) {
                Instant observedAt = network.calendar().blockTime(height(snapshot));
                network.truth()
                        .settlement(snapshot.node(), snapshot.epoch(), observedAt)
                        .ifPresent(settlement -> rows.put(key, format(settlement)));
            }
        }
        return rows;
    }

    private static String format(SettlementTruth truth) {
        String claim = truth.settlement().forfeited()
                ? "forfeited"
                : truth.settlement().claimed() ? "claimed" : "unclaimed";
        return format(truth.settlement().work()) + " " + truth.settlement().rewarded() + " " + claim + " "
                + truth.height();
    }
}
