package io.gonkapulse.chaos;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads tables as text: a key, and the predictable columns of its row. */
final class ChaosTableReader {

    static final String NODES = """
            select identifier, concat_ws(' ', identifier_type, display_name)
              from nodes
             where deleted_at is null
            """;

    static final String STATS = """
            select node.identifier,
                   concat_ws(' ', stats.status, stats.source, (extract(epoch from stats.fetched_at) * 1000000)::bigint,
                             trim_scale(stats.voting_weight), stats.active_model,
                             stats.earnings_date, stats.earnings_day, stats.earnings_day_ngonka,
                             stats.earnings_total, stats.earnings_total_ngonka, stats.jobs_day)
              from node_stats_cache stats
              join nodes node on node.id = stats.node_id
             where stats.fetched_at is not null
            """;

    static final String FACTS = """
            select node.identifier,
                   concat_ws(' ', (extract(epoch from facts.fetched_at) * 1000000)::bigint,
                             (extract(epoch from facts.observed_at) * 1000000)::bigint, facts.epoch, facts.inferences,
                             facts.missed, facts.validated, facts.invalidated, facts.participant_status)
              from node_facts facts
              join nodes node on node.id = facts.node_id
            """;

    static final String HEALTH = """
            select concat_ws(' ', node.identifier, extract(epoch from health.hour)::bigint),
                   concat_ws(' ', health.seen, health.unhealthy, health.jailed)
              from node_health_hourly health
              join nodes node on node.id = health.node_id
            """;

    static final String WEIGHTS = """
            select concat_ws(' ', node.identifier, daily.day, daily.epoch), daily.weight::text
              from node_daily daily
              join nodes node on node.id = daily.node_id
            """;

    static final String LEDGER = """
            select concat_ws(' ', node.identifier, ledger.epoch, ledger.day),
                   concat_ws(' ', ledger.earned, ledger.inferences, ledger.missed, ledger.validated,
                             ledger.invalidated)
              from earnings_ledger ledger
              join nodes node on node.id = ledger.node_id
            """;

    static final String SETTLEMENTS = """
            select concat_ws(' ', node.identifier, settled.epoch),
                   concat_ws(' ', settled.earned, settled.inferences, settled.missed, settled.validated,
                             settled.invalidated, settled.rewarded, settled.claim, settled.settled_height)
              from epoch_settlements settled
              join nodes node on node.id = settled.node_id
            """;

    static final String HISTORY = """
            select concat_ws(' ', node.identifier, history.date),
                   concat_ws(' ', history.earnings_ngonka, history.inferences)
              from earnings_history history
              join nodes node on node.id = history.node_id
            """;

    static final String TOTALS = """
            select node.identifier, earnings.total::text
              from node_earnings earnings
              join nodes node on node.id = earnings.node_id
            """;

    static final String DAILY = """
            select date::text, sum(earnings_ngonka)::text
              from earnings_daily
             where days <> 0
             group by date
            """;

    static final String TRACKERS = """
            select name,
                   concat_ws(' ', last_poll_id, outcome, (extract(epoch from last_success_at) * 1000000)::bigint,
                             epoch, height)
              from trackers
            """;

    static final String POLLS = """
            select concat_ws(' ', tracker, poll_id, (extract(epoch from started_at) * 1000000)::bigint),
                   concat_ws(' ', purpose, outcome)
              from tracker_polls
            """;

    /** Sums over the topic: counts of single partitions depend on rebalances. */
    static final String OFFSETS = """
            select concat_ws(' ', consumer_group, topic),
                   concat_ws(' ', sum(next_offset), sum(stored + superseded + dead_lettered), sum(dead_lettered))
              from consumer_offsets
             group by consumer_group, topic
            """;

    /** Nothing writes to these tables. */
    static final String UNUSED_TABLES = """
            select 'users', count(*)::text from users
             union all
            select 'user_nodes', count(*)::text from user_nodes
             union all
            select 'node_requests', count(*)::text from node_requests
             union all
            select 'prepared', count(*)::text from pg_prepared_xacts
             union all
            select 'deleted', count(*)::text from nodes where deleted_at is not null
             union all
            select 'coverage of unknown trackers', count(*)::text
              from tracker_coverage
             where tracker not in (select name from trackers)
            """;

    private final JdbcTemplate jdbc;

    ChaosTableReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, String> rows(String query) {
        Map<String, String> rows = new TreeMap<>();
        jdbc.query(query, row -> {
            rows.put(row.getString(1), row.getString(2));
        });
        return rows;
    }
}
