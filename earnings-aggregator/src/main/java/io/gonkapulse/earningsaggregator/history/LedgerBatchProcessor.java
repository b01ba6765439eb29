package io.gonkapulse.earningsaggregator.history;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.AdoptedDaysWriter;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.ledger.LedgerWriter;
import io.gonkapulse.earningsaggregator.ledger.SettlementWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** Applies a batch to the ledger and everything derived from it, in the caller's transaction. */
final class LedgerBatchProcessor {

    private final LedgerWriter live = new LedgerWriter();
    private final SettlementWriter settlements = new SettlementWriter();
    private final AdoptedDaysWriter adopted = new AdoptedDaysWriter();
    private final HistoryWriter history = new HistoryWriter();

    /**
     * @param rows ids of the batch's nodes, which the caller has locked
     */
    ChangedDays apply(Connection connection, LedgerBatch batch, Map<NodeIdentifier, UUID> rows) throws SQLException {
        ChangedDays changes = merge(connection, batch, rows);
        if (changes.rowCount() > 0) {
            changes.addDays(adopted.moveLedgerStart(connection, changes.nodes()));
        }
        history.rollUp(connection, changes);
        return changes;
    }

    private ChangedDays merge(Connection connection, LedgerBatch batch, Map<NodeIdentifier, UUID> rows)
            throws SQLException {
        ChangedDays changes = new ChangedDays();
        changes.addLive(live.merge(connection, batch.live().entrySet(), rows));
        settlements.merge(connection, batch.settled().entrySet(), rows, changes);
        return changes;
    }
}
