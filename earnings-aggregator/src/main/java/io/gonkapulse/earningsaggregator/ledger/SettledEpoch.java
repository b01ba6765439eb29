package io.gonkapulse.earningsaggregator.ledger;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;
import java.util.Comparator;

/**
 * The best known settlement of an epoch. An exact settlement replaces an approximate one, then the later observation
 * wins. The remaining fields only break ties, so that the result never depends on the order of records.
 *
 * @param observedAt the block time at which the settlement was read
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

    /** The word that the database stores; its sort order is that of the letters. */
    public String claim() {
        return switch (settlement.claim()) {
            case UNCLAIMED -> "unclaimed";
            case CLAIMED -> "claimed";
            case FORFEITED -> "forfeited";
        };
    }

    /** Commutative, associative and idempotent. */
    SettledEpoch merge(SettledEpoch other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }

    /** Key of a settlement: an epoch is settled once for each node. */
    public record EpochKey(NodeIdentifier node, long epoch) {

        static EpochKey of(EarningsFact fact) {
            return new EpochKey(fact.node(), fact.epoch());
        }
    }
}
