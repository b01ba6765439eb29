package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Key of live counters: they are kept per UTC day on which they were observed. */
public record LiveKey(NodeIdentifier node, long epoch, LocalDate day) {

    static LiveKey of(EarningsFact fact) {
        return new LiveKey(fact.node(), fact.epoch(), LocalDate.ofInstant(fact.observedAt(), ZoneOffset.UTC));
    }
}
