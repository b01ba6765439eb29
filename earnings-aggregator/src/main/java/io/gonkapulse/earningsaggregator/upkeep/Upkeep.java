package io.gonkapulse.earningsaggregator.upkeep;

import io.gonkapulse.earningsaggregator.store.EarningsWriter;
import io.gonkapulse.earningsaggregator.store.Verification;
import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Shows today's earnings where no record made anybody do so, and verifies the history. */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final EarningsWriter writer;
    private final TransactionOperations transactions;
    private final Verification verification;
    private final AtomicReference<Double> differences = new AtomicReference<>(Double.NaN);

    public Upkeep(
            EarningsWriter writer,
            TransactionOperations transactions,
            Verification verification,
            MeterRegistry meters) {
        this.writer = writer;
        this.transactions = transactions;
        this.verification = verification;
        Gauge.builder(Meter.EARNINGS_DIFFERENCES.id(), differences, AtomicReference::get)
                .description(Meter.EARNINGS_DIFFERENCES.meaning())
                .register(meters);
    }

    /** A database that is away is waited for: the next time is soon. */
    public void showToday() {
        try {
            transactions.executeWithoutResult(status -> writer.showToday());
        } catch (DataAccessException | TransactionException e) {
            LOG.info("Today's earnings are not shown anew: {}", e.getMessage());
        }
    }

    public void verify() {
        try {
            Verification.Result result =
                    verification.run(difference -> LOG.warn("Not as the ledger says: {}", difference));
            differences.set((double) result.differences());
        } catch (SQLException e) {
            LOG.info("The history is not verified: {}", e.getMessage());
        }
    }
}
