package io.gonkapulse.networksimulator;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's rule in its plainest form, applied to received JSON: the maximum of live counters per node, epoch and
 * day, and the last settlement. A day is the sum of all epochs' values minus their values of the day before. Shares
 * no code with the truth.
 */
final class ReferenceLedger {

    private final Map<String, Map<Long, Epoch>> nodes = new HashMap<>();
    private final Map<Long, LocalDate> settlementDays = new HashMap<>();

    record Amounts(BigInteger earned, BigInteger inferences) {
        static final Amounts NONE = new Amounts(BigInteger.ZERO, BigInteger.ZERO);

        Amounts largest(Amounts other) {
            return new Amounts(earned.max(other.earned), inferences.max(other.inferences));
        }

        Amounts plus(Amounts other) {
            return new Amounts(earned.add(other.earned), inferences.add(other.inferences));
        }

        Amounts minus(Amounts other) {
            return new Amounts(earned.subtract(other.earned), inferences.subtract(other.inferences));
        }
    }

    record Settled(long height, Amounts work, BigInteger rewarded, boolean claimed, boolean forfeited) {}

    private static final class Epoch {
        private final Map<LocalDate, Amounts> live = new TreeMap<>();
        private @Nullable Settled settled;
    }

    void live(String node, long epoch, LocalDate day, Amounts amounts) {
        epoch(node, epoch).live.merge(day, amounts, Amounts::largest);
    }

    void settled(String node, long epoch, Settled settled) {
        Epoch of = epoch(node, epoch);
        if (of.settled == null || of.settled.height() <= settled.height()) {
            of.settled = settled;
        }
    }

    void settledOn(long epoch, LocalDate day) {
        settlementDays.put(epoch, day);
    }

    @Nullable
    Settled settlement(String node, long epoch) {
        return epoch(node, epoch).settled;
    }

    Map<Long, Settled> settlements(String node) {
        Map<Long, Settled> found = new TreeMap<>();
        nodes.getOrDefault(node, Map.of()).forEach((number, epoch) -> {
            if (epoch.settled != null) {
                found.put(number, epoch.settled);
            }
        });
        return found;
    }

    /** The change of the day for the node. */
    Amounts on(String node, LocalDate day) {
        Amounts sum = Amounts.NONE;
        for (var entry : nodes.getOrDefault(node, Map.of()).entrySet()) {
            Amounts today = worth(entry.getKey(), entry.getValue(), day);
            Amounts yesterday = worth(entry.getKey(), entry.getValue(), day.minusDays(1));
            sum = sum.plus(today.minus(yesterday));
        }
        return sum;
    }

    private Amounts worth(long number, Epoch epoch, LocalDate day) {
        if (epoch.settled != null && !dayOfSettlement(number).isAfter(day)) {
            boolean burned =
                    epoch.settled.forfeited() && !dayOfSettlement(number + 2).isAfter(day);
            BigInteger reward = burned ? BigInteger.ZERO : epoch.settled.rewarded();
            return epoch.settled.work().plus(new Amounts(reward, BigInteger.ZERO));
        }
        Amounts largest = Amounts.NONE;
        for (var seen : epoch.live.entrySet()) {
            if (!seen.getKey().isAfter(day)) {
                largest = largest.largest(seen.getValue());
            }
        }
        return largest;
    }

    private LocalDate dayOfSettlement(long epoch) {
        LocalDate day = settlementDays.get(epoch);
        if (day == null) {
            throw new AssertionError("Expected to have learned when epoch " + epoch + " was settled");
        }
        return day;
    }

    private Epoch epoch(String node, long epoch) {
        return nodes.computeIfAbsent(node, key -> new HashMap<>()).computeIfAbsent(epoch, key -> new Epoch());
    }
}
