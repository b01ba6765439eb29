package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Creates a year of history for many nodes, day by day and epoch by epoch, so that rows lie on pages as the aggregator
 * writes them.
 */
final class ApiDataGenerator {

    static final String DATABASE = "benchmark";

    /** pgbench creates only numeric identifiers. */
    static final long FIRST_NODE = 6_000_000_000_000_000_000L;

    /** Settled epochs: a year. The next one runs. */
    private static final int EPOCHS = 340;

    private static final String NODES = """
            insert into nodes (identifier, identifier_type, display_name, gpu_type)
            select (%d + n)::text, 'wallet', 'https://node-' || n || '.example:8000', 'NVIDIA H100 80GB HBM3'
              from generate_series(0, %d - 1) n
            """;

    private static final String STATS = """
            insert into node_stats_cache
                   (node_id, status, earnings_day, earnings_day_ngonka, earnings_total, earnings_total_ngonka,
                    uptime_percent, tokens_per_sec, jobs_day, active_model, voting_weight, source, fetched_at,
                    earnings_date)
            select id, 'healthy', 3.25, 3250000000, 4750.5, 4750500000000, 99.5, 1234.5, 5678,
                   'Qwen/Qwen3-235B-A22B-Instruct-2507-FP8', 4321, 'hyperfusion', now(),
                   (now() at time zone 'UTC')::date
              from nodes
            """;

    private static final String FACTS = """
            insert into node_facts
                   (node_id, epoch, participant_status, gpu_count, observed_at, partition, inferences, missed,
                    validated, invalidated, models, weight_rank, weight_share, seen_minutes)
            select id, %d, 'ACTIVE', 8, now(), (right(identifier, 6)::integer) %% 12, 1106, 1, 1072, 8,
                   '{Qwen/Qwen3-235B-A22B-Instruct-2507-FP8}', right(identifier, 6)::integer + 1, 0.0001, 1430
              from nodes
            """;

    /** A tracker with a recent poll, as a running poller leaves it. */
    private static final String TRACKER = """
            insert into trackers (name, kind, interval_ms, last_poll_at, last_success_at, outcome, epoch, height)
            values ('hyperfusion', 'gonka-tracker', 60000, now(), now(), 'ok', %d, 6234567)
            """;

    /** Coverage and offsets of all partitions, as a running stats-writer leaves them. */
    private static final String COVERAGE = """
            insert into tracker_coverage (tracker, partition, success_at, pending_at, pending_offset)
            select 'hyperfusion', partition, now(), now(), 1000
              from generate_series(0, 11) partition
            """;

    private static final String POSITIONS = """
            insert into consumer_offsets (consumer_group, topic, partition, next_offset)
            select 'stats-writer', 'tracker.snapshots', partition, 1000
              from generate_series(0, 11) partition
            """;

    private static final String HISTORY = """
            insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source, state)
            select one.id, one.day, ngonka_to_gnk(one.ngonka), one.ngonka, 'hyperfusion', 'settled'
              from (select node.id,
                           day::date as day,
                           (12345678901 + hashtext(node.identifier || day))::numeric as ngonka
                      from (values ((now() at time zone 'UTC')::date)) utc (today)
                     cross join generate_series(today - 364, today, interval '1 day') day
                     cross join nodes node) one
            """;

    private static final String TOTALS = """
            insert into node_earnings (node_id, total)
            select node_id, sum(earnings_ngonka)
              from earnings_history
             group by node_id
            """;

    /**
     * One epoch of all nodes. Of the newest two, one reward in fifty is unclaimed; of the others, one in a hundred is
     * forfeited.
     */
    private static final String SETTLEMENTS = """
            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, forfeited_at, source, observed_at)
            select id, epoch, 3805, 1106, 1, 1072, 8, 12345678901 + hashtext(identifier || epoch),
                   case
                       when newest and number %% 50 = 0 then 'unclaimed'
                       when forfeited then 'forfeited'
                       else 'claimed'
                   end,
                   false, settled_at, 1000000 + 15391 * epoch,
                   case when forfeited then settled_at + 2 * interval '25.7 hours' end,
                   'hyperfusion', settled_at
              from (select node.id, node.identifier, this.*,
                           right(node.identifier, 6)::integer as number,
                           this.epoch > %2$d - 2 as newest,
                           this.epoch <= %2$d - 2 and right(node.identifier, 6)::integer %% 100 = 1 as forfeited
                      from (values (%1$d, now() - interval '2 hours' - (%2$d - %1$d) * interval '25.7 hours'))
                               this (epoch, settled_at)
                     cross join nodes node) one
            """;

    /** As the aggregator leaves them. */
    private static final String RANKS = """
            insert into settlement_ranks (node_id, epoch, rank)
            select node_id, epoch, rank() over (partition by epoch order by rewarded desc)
              from epoch_settlements
             order by node_id, epoch;
            delete from unranked_epochs
            """;

    /** Live counters of the running epoch and of the two before it. */
    private static final String LEDGER = """
            insert into earnings_ledger
                   (node_id, epoch, day, earned, inferences, missed, validated, invalidated, source, observed_at)
            select node.id, epoch, (now() at time zone 'UTC')::date - (%1$d + 1 - epoch), 3805, 1106, 1, 1072, 8,
                   'hyperfusion', now()
              from generate_series(%1$d - 1, %1$d + 1) epoch
             cross join nodes node
            """;

    /** The weight of each node on the last thirty days. */
    private static final String WEIGHTS = """
            insert into node_daily (node_id, day, epoch, weight)
            select node.id, (now() at time zone 'UTC')::date - back, %d + 1 - (back * 24 / 25.7)::integer, 4321
              from generate_series(0, 29) back
             cross join nodes node
            """;

    /** Makes reused data current, so that the gateway does not report it as stale. */
    private static final String REFRESH_STATS = """
            update node_stats_cache
               set fetched_at = now(),
                   earnings_date = (now() at time zone 'UTC')::date
            """;

    private final LocalDatabase database;
    private final int nodes;

    ApiDataGenerator(LocalDatabase database, int nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    /** Creates missing data only: a kept data directory is reused. */
    void createIfMissing() throws SQLException {
        database.createDatabaseIfMissing(DATABASE);
        MigrationRunner.migrate(
                DatabaseSettings.of(database.host(), database.port(), DATABASE, LocalDatabase.USERNAME, null),
                line -> {});
        if (count("nodes") != nodes
                || count("earnings_history") != 365L * nodes
                || count("node_earnings") != nodes
                || count("epoch_settlements") != (long) EPOCHS * nodes
                || count("node_daily") != 30L * nodes) {
            create();
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(REFRESH_STATS);
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private void create() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            run(statement, "truncate nodes, trackers, tracker_coverage, consumer_offsets cascade");
            run(statement, NODES.formatted(FIRST_NODE, nodes));
            run(statement, STATS);
            run(statement, FACTS.formatted(EPOCHS + 1));
            run(statement, TRACKER.formatted(EPOCHS + 1));
            run(statement, COVERAGE);
            run(statement, POSITIONS);
            run(statement, HISTORY);
            run(statement, TOTALS);
            // The tables of sums follow each statement, so that one for all epochs would need much memory.
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                run(statement, SETTLEMENTS.formatted(epoch, EPOCHS));
            }
            run(statement, RANKS);
            run(statement, LEDGER.formatted(EPOCHS));
            run(statement, WEIGHTS.formatted(EPOCHS));
        }
    }

    /** The triggers' plans of the last statement are for smaller tables. */
    private static void run(Statement statement, String sql) throws SQLException {
        statement.execute("discard plans");
        statement.execute(sql);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(DATABASE), LocalDatabase.USERNAME, "");
    }
}
