package io.gonkapulse.testkit.network.truth;

import static java.util.Collections.unmodifiableNavigableMap;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Earnings and work per node and UTC day. Days on which nothing changed are not in it. */
public final class DailyTruth {

    private final Map<NodeIdentifier, NavigableMap<LocalDate, DayTruth>> byNode = new HashMap<>();
    private final NavigableMap<LocalDate, DayTruth> overAll = new TreeMap<>();

    DailyTruth() {}

    public Set<NodeIdentifier> nodes() {
        return Set.copyOf(byNode.keySet());
    }

    public NavigableMap<LocalDate, DayTruth> of(NodeIdentifier node) {
        return unmodifiableNavigableMap(byNode.getOrDefault(node, new TreeMap<>()));
    }

    public DayTruth on(NodeIdentifier node, LocalDate day) {
        return of(node).getOrDefault(day, DayTruth.NOTHING);
    }

    /** The sum over all nodes. */
    public NavigableMap<LocalDate, DayTruth> overAll() {
        return unmodifiableNavigableMap(overAll);
    }

    public Ngonka total() {
        return overAll.values().stream().map(DayTruth::earned).reduce(Ngonka.ZERO, Ngonka::plus);
    }

    void add(NodeIdentifier node, LocalDate day, DayTruth change) {
        merge(byNode.computeIfAbsent(node, key -> new TreeMap<>()), day, change);
        merge(overAll, day, change);
    }

    private static void merge(NavigableMap<LocalDate, DayTruth> days, LocalDate day, DayTruth change) {
        DayTruth sum = days.getOrDefault(day, DayTruth.NOTHING).plus(change);
        if (sum.equals(DayTruth.NOTHING)) {
            days.remove(day);
        } else {
            days.put(day, sum);
        }
    }
}
