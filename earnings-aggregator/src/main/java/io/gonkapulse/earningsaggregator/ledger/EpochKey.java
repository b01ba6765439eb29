package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeIdentifier;

/** Key of a settlement: an epoch is settled once for each node. */
public record EpochKey(NodeIdentifier node, long epoch) {

    static EpochKey of(EarningsFact fact) {
        return new EpochKey(fact.node(), fact.epoch());
    }
}
