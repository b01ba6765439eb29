package io.gonkapulse.earningsaggregator.upkeep;

import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts for whom no settlement has come yet although the epoch is over: a newer one has been seen. Pollers ask for five
 * epochs back.
 */
public final class MissingSettlements {

    private static final Logger LOG = LoggerFactory.getLogger(MissingSettlements.class);

    /** By node, so that it looks at few rows of each, however long the history. */
    private static final String COUNT = """
            select count(*)
              from (select max(last.epoch) as newest
                      from nodes node
                     cross join lateral (
                           select ledger.epoch
                             from earnings_ledger ledger
                            where ledger.node_id = node.id
                            order by ledger.epoch desc
                            limit 1) last) running
             cross join nodes node
             cross join lateral (
                   select distinct ledger.epoch
                     from earnings_ledger ledger
                    where ledger.node_id = node.id
                      and ledger.epoch between running.newest - 5 and running.newest - 1) over
             where not exists (
                   select
                     from epoch_settlements settled
                    where settled.node_id = node.id
                      and settled.epoch = over.epoch)
            """;

    private final JdbcTemplate jdbc;
    private final AtomicReference<Double> missing = new AtomicReference<>(Double.NaN);

    public MissingSettlements(JdbcTemplate jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        Gauge.builder(Meter.SETTLEMENTS_MISSING.id(), missing, AtomicReference::get)
                .description(Meter.SETTLEMENTS_MISSING.meaning())
                .register(meters);
    }

    /** A database that is away is asked again the next time; until then the figure stays. */
    public void count() {
        try {
            Double counted = jdbc.queryForObject(COUNT, Double.class);
            missing.set(counted == null ? Double.NaN : counted);
        } catch (DataAccessException e) {
            LOG.info("Missing settlements are not counted anew: {}", e.getMessage());
        }
    }
}
