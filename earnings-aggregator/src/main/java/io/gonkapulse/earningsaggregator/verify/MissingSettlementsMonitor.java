package io.gonkapulse.earningsaggregator.verify;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts settlements that are missing although their epoch is over. Pollers fetch settlements of the last five
 * epochs. The running epoch is the median of the trackers with a success in the last hour before the newest success:
 * the largest epoch in the table may be one wrong record.
 */
public final class MissingSettlementsMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(MissingSettlementsMonitor.class);

    /** Counts node by node, so that it reads few rows of each, however long the history is. */
    private static final String COUNT = """
            with running as (
                select percentile_disc(0.5) within group (order by epoch) as epoch
                  from trackers
                 where epoch is not null
                   and last_success_at > least(now(), (select max(last_success_at) from trackers)) - interval '1 hour'
            )
            select case when (select epoch from running) is not null then count(*) end
              from running
             cross join nodes node
             cross join lateral (
                   select distinct ledger.epoch
                     from earnings_ledger ledger
                    where ledger.node_id = node.id
                      and ledger.epoch between running.epoch - 5 and running.epoch - 1) over
             where not exists (
                   select
                     from epoch_settlements settled
                    where settled.node_id = node.id
                      and settled.epoch = over.epoch)
            """;

    private final JdbcTemplate jdbc;
    private final AtomicReference<Double> missing = new AtomicReference<>(Double.NaN);

    public MissingSettlementsMonitor(JdbcTemplate jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder(PulseMeter.SETTLEMENTS_MISSING.id(), missing, AtomicReference::get)
                .description(PulseMeter.SETTLEMENTS_MISSING.description())
                .register(meters);
    }

    /** Keeps the last value while the database is unavailable. Without trackers the running epoch is unknown: NaN. */
    public void count() {
        try {
            Double counted = jdbc.queryForObject(COUNT, Double.class);
            missing.set(counted == null ? Double.NaN : counted);
        } catch (DataAccessException e) {
            LOG.info("Could not count missing settlements, keeping the last value: {}", e.getMessage());
        }
    }
}
