package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The largest value seen of each counter. The source is the tracker that reported the largest {@code earned} first,
 * so the result does not depend on the order of records.
 *
 * @param observedAt when the largest {@code earned} was first observed
 */
public record LiveMaximum(NodeCounters counters, TrackerName source, Instant observedAt) {

    static LiveMaximum of(EarningsFact fact) {
        return new LiveMaximum(fact.counters(), fact.tracker(), fact.observedAt());
    }

    /** Commutative, associative and idempotent. */
    LiveMaximum merge(LiveMaximum other) {
        boolean isThisFirst = isReportedBefore(other);
        if (isThisFirst && hasAllMaxima(other)) {
            return this;
        }
        return isThisFirst
                ? new LiveMaximum(largest(other), source, observedAt)
                : new LiveMaximum(largest(other), other.source, other.observedAt);
    }

    private boolean isReportedBefore(LiveMaximum other) {
        int more = counters.earned().compareTo(other.counters.earned());
        int earlier = more == 0 ? other.observedAt.compareTo(observedAt) : more;
        return earlier == 0 ? source.compareTo(other.source) <= 0 : earlier > 0;
    }

    private boolean hasAllMaxima(LiveMaximum other) {
        return counters.inferences() >= other.counters.inferences()
                && counters.missed() >= other.counters.missed()
                && counters.validated() >= other.counters.validated()
                && counters.invalidated() >= other.counters.invalidated();
    }

    private NodeCounters largest(LiveMaximum other) {
        return new NodeCounters(
                counters.earned().max(other.counters.earned()),
                Math.max(counters.inferences(), other.counters.inferences()),
                Math.max(counters.missed(), other.counters.missed()),
                Math.max(counters.validated(), other.counters.validated()),
                Math.max(counters.invalidated(), other.counters.invalidated()));
    }

    /** Key of live counters: they are kept per UTC day on which they were observed. */
    public record LiveKey(NodeIdentifier node, long epoch, LocalDate day) {

        static LiveKey of(EarningsFact fact) {
            return new LiveKey(fact.node(), fact.epoch(), LocalDate.ofInstant(fact.observedAt(), ZoneOffset.UTC));
        }
    }
}
