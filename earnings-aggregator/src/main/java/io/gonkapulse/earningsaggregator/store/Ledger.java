package io.gonkapulse.earningsaggregator.store;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The tables that hold the ledger and what follows from it, within somebody's transaction. */
final class Ledger {

    private final LedgerWriter live = new LedgerWriter();
    private final SettlementWriter settlements = new SettlementWriter();
    private final AdoptedDaysWriter adopted = new AdoptedDaysWriter();
    private final HistoryWriter history = new HistoryWriter();

    /** @param rows the rows of the batch's nodes, locked */
    Changes apply(Connection connection, LedgerBatch batch, Map<NodeIdentifier, UUID> rows) throws SQLException {
        Changes changes = merge(connection, batch, rows);
        if (changes.rows() > 0) {
            changes.makeAgain(adopted.move(connection, changes.nodes()));
        }
        history.rollUp(connection, changes);
        return changes;
    }

    private Changes merge(Connection connection, LedgerBatch batch, Map<NodeIdentifier, UUID> rows)
            throws SQLException {
        Changes changes = new Changes();
        changes.live(live.merge(connection, batch.live().entrySet(), rows));
        settlements.merge(connection, batch.settled().entrySet(), rows, changes);
        return changes;
    }
}
