package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates nodes with history: two ledger rows and one settlement for each day. */
final class EarningsHistoryGenerator {

    private static final String TRUNCATE = """
            truncate nodes, consumer_offsets, earnings_daily, node_earning_days, earning_node_counts cascade
            """;

    private static final String NODES = """
            insert into nodes (identifier, identifier_type)
            select identifier, 'wallet'
              from unnest(?::text[]) as input (identifier)
            """;

    /** The aggregator updates the earnings of today in these rows. */
    private static final String CACHE = """
            insert into node_stats_cache (node_id, status, source, fetched_at)
            select id, 'healthy', 'hyperfusion', now()
              from nodes
            """;

    /** Two days per epoch. Counters grow within an epoch, so the later day has its whole sum. */
    private static final String LEDGER = """
            insert into earnings_ledger (node_id, epoch, day, earned, inferences, source, observed_at)
            select node.id, ? - back, current_date - back - half, 3805 * (2 - half), 7 * (2 - half), 'hyperfusion',
                   now() - make_interval(days => back + half)
              from nodes node
             cross join generate_series(1, ?) back
             cross join generate_series(0, 1) half
            """;

    private static final String SETTLEMENTS = """
            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, source, observed_at)
            select node.id, ? - back, 7610, 14, 0, 0, 0, 5000000000, 'claimed', false,
                   now() - make_interval(days => back), 1, 'hyperfusion', now() - make_interval(days => back)
              from nodes node
             cross join generate_series(2, ?) back
            """;

    /** The settlements of an epoch are alike: each was claimed, in the same block. */
    private static final String EPOCHS = """
            insert into epoch_totals
                   (epoch, nodes, approximate_nodes, earned, rewarded, claimed, unclaimed, forfeited, inferences, missed,
                    validated, invalidated, settled_at, settled_height)
            select epoch, count(*), 0, sum(earned), sum(rewarded), sum(rewarded), 0, 0, sum(inferences), 0, 0, 0,
                   min(settled_at), min(settled_height)
              from epoch_settlements
             group by epoch
            """;

    /** All rewards are equal. */
    private static final String RANKS = """
            insert into settlement_ranks (node_id, epoch, rank)
            select node_id, epoch, 1
              from epoch_settlements
             order by node_id, epoch
            """;

    /** The first and the last day have half an epoch each. The newest epoch is not settled. */
    private static final String HISTORY = """
            insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, inferences, state, source)
            select node.id, sums.day, ngonka_to_gnk(sums.earned), sums.earned, sums.inferences, sums.state, 'hyperfusion'
              from nodes node
             cross join (
                   select current_date - back as day,
                          case when back in (1, last) then 3805 else 5000007610 end as earned,
                          case when back in (1, last) then 7 else 14 end as inferences,
                          case when back in (1, 2) then 'provisional' else 'settled' end as state
                     from (select ? + 1 as last) span
                    cross join generate_series(1, last) back) sums
            """;

    /** The sums that the triggers would maintain. */
    private static final String DAILY = """
            insert into earnings_daily (date, source, earnings_ngonka, days, earning_days, provisional_days)
            select date, source, sum(earnings_ngonka), count(*), count(*), count(*) filter (where state = 'provisional')
              from earnings_history
             group by date, source
            """;

    /** Every node earns on every day, so all bits are set. */
    private static final String EARNING_DAYS = """
            insert into node_earning_days (node_id, block, days)
            select node_id,
                   (date - date '4714-11-24 BC') / 31,
                   bit_or(1 << (date - date '4714-11-24 BC') % 31)
              from earnings_history
             group by 1, 2
            """;

    private static final String EARNING_NODES = """
            insert into earning_node_counts (date, days_since, nodes)
            select date, least(31, coalesce(date - lag(date) over (order by date), 31)), count(*)
              from earnings_history
             group by date
            """;

    private static final String TOTALS = """
            insert into node_earnings (node_id, total)
            select node_id, sum(earnings_ngonka)
              from earnings_history
             group by node_id
            """;

    private final String jdbcUrl;
    private final String username;

    EarningsHistoryGenerator(String jdbcUrl, String username) {
        this.jdbcUrl = jdbcUrl;
        this.username = username;
    }

    /**
     * Replaces all data.
     *
     * @param days days of history before today; its newest epoch precedes {@code epoch}
     */
    void create(int nodes, int days, long epoch) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, username, "");
                Statement statement = connection.createStatement()) {
            // The days are UTC days, but the session starts with the time zone of this JVM.
            statement.execute("set time zone 'UTC'");
            statement.execute(TRUNCATE);
            // Skips triggers and foreign keys: the generated rows are consistent, and checks would take long.
            statement.execute("set session_replication_role = replica");
            insertNodes(connection, nodes);
            statement.execute(CACHE);
            if (days > 1) {
                run(connection, LEDGER, epoch, days);
                run(connection, SETTLEMENTS, epoch, days);
                statement.execute(EPOCHS);
                statement.execute(RANKS);
                run(connection, HISTORY, days);
                statement.execute(TOTALS);
                statement.execute(DAILY);
                statement.execute(EARNING_DAYS);
                statement.execute(EARNING_NODES);
            }
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private static void insertNodes(Connection connection, int nodes) throws SQLException {
        String[] identifiers = new String[nodes];
        for (int node = 0; node < nodes; node++) {
            identifiers[node] = TestMessages.node(node).value();
        }
        Array parameter = connection.createArrayOf("text", identifiers);
        try (PreparedStatement statement = connection.prepareStatement(NODES)) {
            statement.setArray(1, parameter);
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
