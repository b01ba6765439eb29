package io.gonkapulse.earningsaggregator.history;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays;
import io.gonkapulse.earningsaggregator.ledger.EarningsNodeIdCache;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Applies batches in the transaction that is open on the calling thread. */
public final class EarningsWriter {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final JdbcOperations jdbc;
    private final InstantSource clock;
    private final EarningsNodeIdCache nodes = new EarningsNodeIdCache();
    private final LedgerBatchProcessor ledger = new LedgerBatchProcessor();
    private final EarningsStatsWriter stats = new EarningsStatsWriter();

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
            // A cached id may belong to a deleted row.
            nodes.clear();
            throw isNodeDeleted(e)
                    ? new ConcurrencyFailureException(
                            "A node was deleted while its earnings were written; the batch is retried")
                    : e;
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

    /** A concurrent delete is no fault of the record, so the batch is retried instead of dead-lettered. */
    private static boolean isNodeDeleted(DataIntegrityViolationException failure) {
        return failure.getMostSpecificCause() instanceof SQLException refusal
                && FOREIGN_KEY_VIOLATION.equals(refusal.getSQLState());
    }

    private int apply(Connection connection, LedgerBatch batch) throws SQLException {
        // First of all locks, so that a waiting history swap cannot deadlock with a batch.
        HistorySwapLock.acquireShared(connection);
        Map<NodeIdentifier, UUID> rows = nodes.lock(connection, batch.nodes());
        ChangedDays changes = ledger.apply(connection, batch, rows);
        stats.refresh(connection, changes.nodes(), today());
        // Cached only after the commit: a rolled-back transaction may have created the rows.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                nodes.put(rows);
            }
        });
        return changes.rowCount();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
