package io.gonkapulse.earningsaggregator.ledger;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;
import java.util.Comparator;

/**
 * What is known of a settled epoch. An exact settlement beats an approximate one, then the later reading wins; the rest
 * of the order only makes sure that any two readings have a winner.
 *
 * @param observedAt the moment as of which the settlement was read
 */
public record SettledEpoch(NodeCounters counters, Settlement settlement, TrackerName source, Instant observedAt) {

    private static final Comparator<SettledEpoch> ORDER = Comparator.<SettledEpoch, Boolean>comparing(
                    settled -> !settled.settlement.approximate())
            .thenComparing(SettledEpoch::observedAt)
            .thenComparing(settled -> settled.settlement.rewarded())
            .thenComparing(settled -> settled.counters.earned())
            .thenComparing(settled -> settled.counters.inferences())
            .thenComparing(settled -> settled.counters.missed())
            .thenComparing(settled -> settled.counters.validated())
            .thenComparing(settled -> settled.counters.invalidated())
            .thenComparing(SettledEpoch::claim)
            .thenComparing(settled -> settled.settlement.settledAt())
            .thenComparing(settled -> settled.settlement.forfeitedAt(), Comparator.nullsFirst(Instant::compareTo))
            .thenComparing(settled -> settled.settlement.settledHeight(), Comparator.nullsFirst(Long::compareTo))
            .thenComparing(SettledEpoch::source);

    static SettledEpoch of(EarningsFact fact) {
        return new SettledEpoch(fact.counters(), requireNonNull(fact.settlement()), fact.tracker(), fact.observedAt());
    }

    /** As the database has it: its order of words is that of their letters. */
    public String claim() {
        return switch (settlement.claim()) {
            case UNCLAIMED -> "unclaimed";
            case CLAIMED -> "claimed";
            case FORFEITED -> "forfeited";
        };
    }

    /** Commutative, associative, idempotent. */
    SettledEpoch merge(SettledEpoch other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }
}
