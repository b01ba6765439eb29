package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Live counters are kept apart by the UTC day that they were seen on. */
public record LiveKey(NodeIdentifier node, long epoch, LocalDate day) {

    static LiveKey of(EarningsFact fact) {
        return new LiveKey(fact.node(), fact.epoch(), LocalDate.ofInstant(fact.observedAt(), ZoneOffset.UTC));
    }
}
