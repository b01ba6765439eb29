package io.gonkapulse.earningsaggregator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/**
 * Shows today's earnings and work, and the total, in {@code node_stats_cache}. The rows belong to the stats-writer: where
 * there is none yet, nothing is shown until there is.
 */
final class StatsWriter {

    private static final String SHOW = """
            with shown as (
                select cache.node_id,
                       coalesce(history.earnings_gnk, 0) as day,
                       ngonka_to_gnk(earnings.total) as total,
                       least(coalesce(history.inferences, 0), 2147483647)::integer as jobs
                  from node_stats_cache cache
                  join node_earnings earnings on earnings.node_id = cache.node_id
                  left join earnings_history history on history.node_id = cache.node_id and history.date = ?
                 where cache.node_id = any(?::uuid[])
                 order by cache.node_id
                   for no key update of cache
            )
            update node_stats_cache cache
               set earnings_day = shown.day,
                   earnings_total = shown.total,
                   jobs_day = shown.jobs
              from shown
             where cache.node_id = shown.node_id
               and (cache.earnings_day, cache.earnings_total, cache.jobs_day)
                   is distinct from (shown.day, shown.total, shown.jobs)
            """;

    /** Rows that are right are not locked: this runs again and again over all of them. */
    private static final String SHOW_ALL = """
            with shown as (
                select cache.node_id,
                       coalesce(history.earnings_gnk, 0) as day,
                       ngonka_to_gnk(earnings.total) as total,
                       least(coalesce(history.inferences, 0), 2147483647)::integer as jobs
                  from node_stats_cache cache
                  join node_earnings earnings on earnings.node_id = cache.node_id
                  left join earnings_history history on history.node_id = cache.node_id and history.date = ?
                 where (cache.earnings_day, cache.earnings_total, cache.jobs_day) is distinct from (
                       coalesce(history.earnings_gnk, 0),
                       ngonka_to_gnk(earnings.total),
                       least(coalesce(history.inferences, 0), 2147483647)::integer)
                 order by cache.node_id
                   for no key update of cache
            )
            update node_stats_cache cache
               set earnings_day = shown.day,
                   earnings_total = shown.total,
                   jobs_day = shown.jobs
              from shown
             where cache.node_id = shown.node_id
            """;

    void show(Connection connection, Set<UUID> nodes, LocalDate today) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(SHOW)) {
            statement.setObject(1, today);
            new ArrayParameters<>(connection, statement, nodes, 1).add("uuid", node -> node);
            statement.executeUpdate();
        }
    }

    /** How many rows were not right. */
    int showAll(Connection connection, LocalDate today) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHOW_ALL)) {
            statement.setObject(1, today);
            return statement.executeUpdate();
        }
    }
}
