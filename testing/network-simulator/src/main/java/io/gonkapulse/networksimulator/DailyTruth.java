package io.gonkapulse.networksimulator;

import static java.util.Collections.unmodifiableNavigableMap;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Earnings and work per node and UTC day. It omits days without a change. Not thread-safe while it is filled. */
public final class DailyTruth {

    private final Map<NodeIdentifier, NavigableMap<LocalDate, DayTruth>> byNode = new HashMap<>();
    private final NavigableMap<LocalDate, DayTruth> networkTotals = new TreeMap<>();

    DailyTruth() {}

    public Set<NodeIdentifier> nodes() {
        return Set.copyOf(byNode.keySet());
    }

    /** The days of one node, oldest first. */
    public NavigableMap<LocalDate, DayTruth> of(NodeIdentifier node) {
        return unmodifiableNavigableMap(byNode.getOrDefault(node, new TreeMap<>()));
    }

    /** The change of one day, zero if nothing changed. */
    public DayTruth on(NodeIdentifier node, LocalDate day) {
        return of(node).getOrDefault(day, DayTruth.ZERO);
    }

    /** The sums over all nodes. */
    public NavigableMap<LocalDate, DayTruth> networkTotals() {
        return unmodifiableNavigableMap(networkTotals);
    }

    public Ngonka total() {
        return networkTotals.values().stream().map(DayTruth::earned).reduce(Ngonka.ZERO, Ngonka::plus);
    }

    void add(NodeIdentifier node, LocalDate day, DayTruth change) {
        merge(byNode.computeIfAbsent(node, key -> new TreeMap<>()), day, change);
        merge(networkTotals, day, change);
    }

    private static void merge(NavigableMap<LocalDate, DayTruth> days, LocalDate day, DayTruth change) {
        DayTruth sum = days.getOrDefault(day, DayTruth.ZERO).plus(change);
        if (sum.equals(DayTruth.ZERO)) {
            days.remove(day);
        } else {
            days.put(day, sum);
        }
    }

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
}
