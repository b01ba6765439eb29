package io.gonkapulse.earningsaggregator.history;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Refreshes today's stats of nodes without new records, so that every node starts a new day at zero. */
public final class DayRolloverTask {

    private static final Logger LOG = LoggerFactory.getLogger(DayRolloverTask.class);

    private final EarningsWriter writer;
    private final TransactionOperations transactions;

    public DayRolloverTask(EarningsWriter writer, TransactionOperations transactions) {
        this.writer = writer;
        this.transactions = transactions;
    }

    /** A failure is only logged: the next run follows soon. */
    public void run() {
        try {
            transactions.executeWithoutResult(status -> writer.refreshToday());
        } catch (DataAccessException | TransactionException e) {
            LOG.info("Could not refresh today's earnings, retrying at the next run: {}", e.getMessage());
        }
    }
}
