package io.gonkapulse.earningsaggregator.history;

import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes today's earnings and jobs, their date and the total into {@code node_stats_cache}. The stats-writer creates
 * the rows; a node without a row is skipped.
 */
public final class TodaysEarningsWriter {

    private static final Logger LOG = LoggerFactory.getLogger(TodaysEarningsWriter.class);

    /** SQLSTATE classes: data exception, constraint violation, exception raised by a trigger. */
    private static final Set<String> DATA_ERROR_CLASSES = Set.of("22", "23", "P0");

    private static final int DEFAULT_BATCH_SIZE = 20_000;

    /** Sorts before the id of every node. */
    private static final UUID LOWEST_NODE_ID = new UUID(0, 0);

    private static final String UPDATE = """
            with shown as (
                select cache.node_id,
                       today.date,
                       coalesce(history.earnings_gnk, 0) as day,
                       coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000, 0) as day_ngonka,
                       ngonka_to_gnk(earnings.total) as total,
                       earnings.total as total_ngonka,
                       greatest(least(coalesce(history.inferences, 0), 2147483647), -2147483648)::integer as jobs
                  from node_stats_cache cache
                  join node_earnings earnings on earnings.node_id = cache.node_id
                 cross join (select ?::date as date) today
                  left join earnings_history history
                    on history.node_id = cache.node_id and history.date = today.date
                 where cache.node_id = any(?::uuid[])
                 order by cache.node_id
                   for no key update of cache
            )
            update node_stats_cache cache
               set earnings_date = shown.date,
                   earnings_day = shown.day,
                   earnings_day_ngonka = shown.day_ngonka,
                   earnings_total = shown.total,
                   earnings_total_ngonka = shown.total_ngonka,
                   jobs_day = shown.jobs
              from shown
             where cache.node_id = shown.node_id
               and (cache.earnings_date, cache.earnings_day, cache.earnings_day_ngonka, cache.earnings_total,
                    cache.earnings_total_ngonka, cache.jobs_day)
                   is distinct from
                   (shown.date, shown.day, shown.day_ngonka, shown.total, shown.total_ngonka, shown.jobs)
            """;

    /**
     * Only locks, and only wrong rows, because it runs often over all rows. After waiting for a row lock, this
     * statement sees the new row but the old history; the following UPDATE sees both as they are.
     */
    private static final String LOCK_STALE = """
            select cache.node_id
              from node_stats_cache cache
              join node_earnings earnings on earnings.node_id = cache.node_id
             cross join (select ?::date as date) today
              left join earnings_history history
                on history.node_id = cache.node_id and history.date = today.date
             where cache.node_id > ?
               and (cache.earnings_date, cache.earnings_day, cache.earnings_day_ngonka, cache.earnings_total,
                    cache.earnings_total_ngonka, cache.jobs_day) is distinct from (
                   today.date,
                   coalesce(history.earnings_gnk, 0),
                   coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000, 0),
                   ngonka_to_gnk(earnings.total),
                   earnings.total,
                   greatest(least(coalesce(history.inferences, 0), 2147483647), -2147483648)::integer)
             order by cache.node_id
             limit ?
               for no key update of cache
            """;

    private final int batchSize;

    public TodaysEarningsWriter() {
        this(DEFAULT_BATCH_SIZE);
    }

    TodaysEarningsWriter(int batchSize) {
        this.batchSize = batchSize;
    }

    /** Updates the stats of the nodes that a batch has changed. */
    void refresh(Connection connection, Set<UUID> nodes, LocalDate today) throws SQLException {
        if (!nodes.isEmpty()) {
            write(connection, List.copyOf(nodes), today);
        }
    }

    /** Returns the number of rows that were wrong. */
    public int refreshAll(Connection connection, LocalDate today) throws SQLException {
        int updated = 0;
        List<UUID> stale = lockStale(connection, LOWEST_NODE_ID, today);
        while (!stale.isEmpty()) {
            updated += write(connection, stale, today);
            stale = lockStale(connection, stale.get(stale.size() - 1), today);
        }
        return updated;
    }

    private List<UUID> lockStale(Connection connection, UUID after, LocalDate today) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_STALE)) {
            statement.setObject(1, today);
            statement.setObject(2, after);
            statement.setInt(3, batchSize);
            List<UUID> stale = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stale.add(row.getObject(1, UUID.class));
                }
            }
            return stale;
        }
    }

    /** Skips a node whose row the database rejects, so that it does not block the others. */
    private static int write(Connection connection, List<UUID> nodes, LocalDate today) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            int updated = update(connection, nodes, today);
            connection.releaseSavepoint(savepoint);
            return updated;
        } catch (SQLException e) {
            if (!isDataError(e)) {
                throw e;
            }
            connection.rollback(savepoint);
            if (nodes.size() == 1) {
                LOG.warn(
                        "Could not update today's earnings of node {} in node_stats_cache, skipping it: {}",
                        nodes.get(0),
                        e.getMessage());
                return 0;
            }
        }
        // Halving finds the rejected rows with few statements.
        int middle = nodes.size() / 2;
        return write(connection, nodes.subList(0, middle), today)
                + write(connection, nodes.subList(middle, nodes.size()), today);
    }

    /** Only such errors belong to single rows; any other must abort the transaction. */
    private static boolean isDataError(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() == 5 && DATA_ERROR_CLASSES.contains(state.substring(0, 2));
    }

    private static int update(Connection connection, List<UUID> nodes, LocalDate today) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setObject(1, today);
            new ArrayParameters<>(connection, statement, nodes, 1).add("uuid", node -> node);
            return statement.executeUpdate();
        }
    }
}
