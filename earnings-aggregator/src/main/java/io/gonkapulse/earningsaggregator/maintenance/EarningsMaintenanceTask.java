package io.gonkapulse.earningsaggregator.maintenance;

import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Refreshes today's stats of nodes without new records, and verifies the history. */
public final class EarningsMaintenanceTask {

    private static final Logger LOG = LoggerFactory.getLogger(EarningsMaintenanceTask.class);

    private final EarningsWriter writer;
    private final TransactionOperations transactions;
    private final HistoryCheck historyCheck;
    private final AtomicReference<Double> differences = new AtomicReference<>(Double.NaN);

    public EarningsMaintenanceTask(
            EarningsWriter writer,
            TransactionOperations transactions,
            HistoryCheck historyCheck,
            MeterRegistry meters) {
        this.writer = writer;
        this.transactions = transactions;
        this.historyCheck = historyCheck;
        Gauge.builder(PulseMeter.EARNINGS_DIFFERENCES.id(), differences, AtomicReference::get)
                .description(PulseMeter.EARNINGS_DIFFERENCES.description())
                .register(meters);
    }

    /** A failure is only logged: the next run follows soon. */
    public void refreshToday() {
        try {
            transactions.executeWithoutResult(status -> writer.refreshToday());
        } catch (DataAccessException | TransactionException e) {
            LOG.info("Could not refresh today's earnings, retrying at the next run: {}", e.getMessage());
        }
    }

    /** Sets the meter to the number of differences; a failure keeps the last value. */
    public void verify() {
        try {
            HistoryCheck.HistoryCheckResult result =
                    historyCheck.run(difference -> LOG.warn("History differs from ledger: {}", difference));
            differences.set((double) result.differenceCount());
        } catch (SQLException e) {
            LOG.info("Could not verify the history, retrying at the next run: {}", e.getMessage());
        }
    }
}
