package io.gonkapulse.earningsaggregator.history;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.ledger.LedgerWriter;
import io.gonkapulse.earningsaggregator.ledger.NodeTotalsWriter;
import io.gonkapulse.earningsaggregator.ledger.SettlementWriter;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.NodeIdCache;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Applies batches of facts to the ledger and to everything derived from it: history, totals and today's stats. Works in
 * the transaction that is open on the calling thread.
 */
public final class EarningsWriter {

    /** No history swap while a batch is applied, and no batch during a swap. Batches do not block each other. */
    public static final AdvisoryLock HISTORY_SWAP_LOCK = new AdvisoryLock(7_320_519_823_364_100L);

    private final JdbcOperations jdbc;
    private final InstantSource clock;
    private final NodeIdCache nodeIds = new NodeIdCache();
    private final NodeTotalsWriter totals = new NodeTotalsWriter();
    private final LedgerWriter live = new LedgerWriter();
    private final SettlementWriter settlements = new SettlementWriter();
    private final HistoryWriter history = new HistoryWriter();
    private final TodaysEarningsWriter stats = new TodaysEarningsWriter();

    public EarningsWriter(JdbcOperations jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Applies a batch. The number of statements does not depend on its size.
     *
     * @return how many ledger and settlement rows are new or changed
     */
    public int write(LedgerBatch batch) {
        if (batch.isEmpty()) {
            return 0;
        }
        try {
            return requireNonNull(jdbc.execute((ConnectionCallback<Integer>) connection -> apply(connection, batch)));
        } catch (DataIntegrityViolationException e) {
            throw nodeIds.translate(e);
        }
    }

    /**
     * Corrects the stats of nodes without recent records; on a new day they start at zero.
     *
     * @return how many nodes were corrected
     */
    public int refreshToday() {
        return requireNonNull(
                jdbc.execute((ConnectionCallback<Integer>) connection -> stats.refreshAll(connection, today())));
    }

    private int apply(Connection connection, LedgerBatch batch) throws SQLException {
        // First of all locks, so that a waiting history swap cannot deadlock with a batch.
        HISTORY_SWAP_LOCK.acquireSharedUntilCommit(connection);
        Map<NodeIdentifier, UUID> rows = lockNodes(connection, batch.nodes());
        ChangedDays changes = new ChangedDays();
        changes.addLive(live.merge(connection, batch.live().entrySet(), rows));
        settlements.merge(connection, batch.settled().entrySet(), rows, changes);
        if (changes.rowCount() > 0) {
            changes.addDays(totals.moveLedgerStart(connection, changes.nodes()));
        }
        history.rollUp(connection, changes);
        stats.refresh(connection, changes.nodes(), today());
        return changes.rowCount();
    }

    /** Returns the ids of the nodes, whose totals are locked against other roll-ups until the transaction ends. */
    private Map<NodeIdentifier, UUID> lockNodes(Connection connection, Set<NodeIdentifier> nodes) throws SQLException {
        Map<NodeIdentifier, UUID> rows = nodeIds.findOrCreateMap(connection, nodes);
        if (totals.lock(connection, new TreeSet<>(rows.values()))) {
            return rows;
        }
        // A cached row may have been deleted and created again with another id; its total is missing then.
        nodeIds.forget(nodes);
        Map<NodeIdentifier, UUID> current = nodeIds.findOrCreateMap(connection, nodes);
        totals.createAndLock(connection, new TreeSet<>(current.values()));
        return current;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
