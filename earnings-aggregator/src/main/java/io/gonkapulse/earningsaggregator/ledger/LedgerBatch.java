package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.LiveMaximum.LiveKey;
import io.gonkapulse.earningsaggregator.ledger.SettledEpoch.EpochKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Any number of facts, merged into the ledger rows that they produce. Not thread-safe. */
public final class LedgerBatch {

    private final Map<LiveKey, LiveMaximum> live = new HashMap<>();
    private final Map<EpochKey, SettledEpoch> settled = new HashMap<>();
    private final Set<NodeIdentifier> nodes = new HashSet<>();

    public void add(EarningsFact fact) {
        if (fact.settlement() == null) {
            add(LiveKey.of(fact), LiveMaximum.of(fact));
        } else {
            nodes.add(fact.node());
            settled.merge(EpochKey.of(fact), SettledEpoch.of(fact), SettledEpoch::merge);
        }
    }

    void add(LiveKey key, LiveMaximum maximum) {
        nodes.add(key.node());
        live.merge(key, maximum, LiveMaximum::merge);
    }

    public Map<LiveKey, LiveMaximum> live() {
        return live;
    }

    public Map<EpochKey, SettledEpoch> settled() {
        return settled;
    }

    public Set<NodeIdentifier> nodes() {
        return nodes;
    }

    /** Number of ledger and settlement rows. */
    public int size() {
        return live.size() + settled.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
