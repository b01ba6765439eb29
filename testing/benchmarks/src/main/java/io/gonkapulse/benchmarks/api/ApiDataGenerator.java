package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates a year of history for many nodes, day by day, so that rows lie on pages as the aggregator writes them. */
final class ApiDataGenerator {

    static final String DATABASE = "benchmark";

    /** pgbench creates only numeric identifiers. */
    static final long FIRST_NODE = 6_000_000_000_000_000_000L;

    private static final String NODES = """
            insert into nodes (identifier, identifier_type, display_name, gpu_type)
            select (%d + n)::text, 'wallet', 'https://node-' || n || '.example:8000', 'NVIDIA H100 80GB HBM3'
              from generate_series(0, %d - 1) n
            """;

    private static final String STATS = """
            insert into node_stats_cache
                   (node_id, status, earnings_day, earnings_total, uptime_percent, tokens_per_sec, jobs_day,
                    active_model, voting_weight, source, fetched_at, earnings_date)
            select id, 'healthy', 3.25, 4750.5, 99.5, 1234.5, 5678, 'Qwen/Qwen3-235B-A22B-Instruct-2507-FP8', 4321,
                   'hyperfusion', now(), (now() at time zone 'UTC')::date
              from nodes
            """;

    private static final String FACTS = """
            insert into node_facts (node_id, epoch, participant_status, gpu_count, observed_at, partition)
            select id, 77, 'ACTIVE', 8, now(), (right(identifier, 6)::integer) % 12
              from nodes
            """;

    /** A tracker with a recent poll, as a running poller leaves it. */
    private static final String TRACKER = """
            insert into trackers (name, kind, interval_ms, last_poll_at, last_success_at, outcome, epoch, height)
            values ('hyperfusion', 'gonka-tracker', 60000, now(), now(), 'ok', 77, 1234567)
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
        if (count("nodes") != nodes || count("earnings_history") != 365L * nodes || count("node_earnings") != nodes) {
            run("truncate nodes, trackers, tracker_coverage, consumer_offsets cascade");
            run(NODES.formatted(FIRST_NODE, nodes));
            run(STATS);
            run(FACTS);
            run(TRACKER);
            run(COVERAGE);
            run(POSITIONS);
            run(HISTORY);
            run(TOTALS);
        }
        run(REFRESH_STATS);
        run("vacuum analyze");
        run("checkpoint");
    }

    private long count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(DATABASE), LocalDatabase.USERNAME, "");
    }
}
