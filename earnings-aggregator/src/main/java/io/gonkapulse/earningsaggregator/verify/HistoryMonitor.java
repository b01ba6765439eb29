package io.gonkapulse.earningsaggregator.verify;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the history and sets the meter to the number of differences. */
public final class HistoryMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryMonitor.class);

    private final HistoryCheck historyCheck;
    private final AtomicReference<Double> differences = new AtomicReference<>(Double.NaN);

    public HistoryMonitor(HistoryCheck historyCheck, MeterRegistry meters) {
        this.historyCheck = historyCheck;
        Gauge.builder(PulseMeter.EARNINGS_DIFFERENCES.id(), differences, AtomicReference::get)
                .description(PulseMeter.EARNINGS_DIFFERENCES.description())
                .register(meters);
    }

    /** A failure keeps the last value: the database may be unavailable for a while. */
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
