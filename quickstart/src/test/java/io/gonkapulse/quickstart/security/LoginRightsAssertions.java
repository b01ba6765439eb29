package io.gonkapulse.quickstart.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries every forbidden statement with each login. */
record LoginRightsAssertions(SecuredServers servers) {

    private static final List<String> TABLES = List.of(
            "users",
            "user_nodes",
            "node_requests",
            "user_node_origins",
            "nodes",
            "node_stats_cache",
            "node_facts",
            "node_health_hourly",
            "trackers",
            "tracker_polls",
            "tracker_coverage",
            "consumer_offsets",
            "earnings_ledger",
            "epoch_settlements",
            "earnings_history",
            "earnings_daily",
            "node_earning_days",
            "earning_node_counts",
            "epoch_totals",
            "reward_daily",
            "settlement_ranks",
            "unranked_epochs",
            "node_earnings",
            "adopted_earnings",
            "node_daily",
            "network_daily",
            "flyway_schema_history",
            "migration_steps",
            "audit.jobs",
            "audit.job_stages",
            "audit.job_counts",
            "audit.job_sums",
            "audit.job_id_days",
            "audit.job_durations",
            "audit.job_partitions",
            "audit.job_retention",
            "audit.consumer_offsets",
            "audit.flyway_schema_history",
            "audit.migration_steps");

    private static final List<String> STATS_TABLES = List.of(
            "node_facts",
            "node_daily",
            "network_daily",
            "node_health_hourly",
            "trackers",
            "tracker_polls",
            "tracker_coverage",
            "consumer_offsets");

    private static final List<String> EARNINGS_TABLES = List.of(
            "earnings_ledger",
            "epoch_settlements",
            "earnings_history",
            "earnings_daily",
            "node_earning_days",
            "earning_node_counts",
            "epoch_totals",
            "reward_daily",
            "settlement_ranks",
            "unranked_epochs",
            "node_earnings",
            "adopted_earnings",
            "consumer_offsets");

    private static final List<String> JOB_TABLES = List.of(
            "audit.jobs",
            "audit.job_stages",
            "audit.job_counts",
            "audit.job_sums",
            "audit.job_durations",
            "audit.job_partitions",
            "audit.consumer_offsets");

    /** Those into which a login may insert, although it may not delete from them. */
    private static final Map<String, List<String>> INSERTABLE = Map.of(
            "stats_writer", List.of("nodes", "node_stats_cache"),
            "earnings_aggregator", List.of("nodes", "node_stats_cache"),
            "job_recorder", List.of("audit.job_id_days"));

    private static final List<String> FORBIDDEN_STATEMENTS = List.of(
            "create table public.mine (id int)",
            "create schema mine",
            "create view public.mine as select 1",
            "create function public.mine() returns int language sql as 'select 1'",
            "create extension pg_trgm",
            "alter table nodes add column mine int",
            "drop table earnings_history",
            "truncate earnings_history",
            "create index on nodes (region)",
            "create role mine",
            "alter role api_gateway superuser",
            "grant gonkapulse_owner to current_user",
            "set role gonkapulse_owner",
            "set role gonkapulse_writer",
            "select lo_create(0)",
            "select lo_from_bytea(0, 'x')",
            "copy nodes to program 'cat'",
            "select pg_read_file('postgresql.conf')",
            "call grant_gonkapulse_rights()",
            "call grant_gonkapulse_service_rights()",
            "update users set role = 'admin'",
            "insert into users (email) values ('x')",
            "select password from users",
            "delete from nodes",
            "insert into unranked_epochs values (1, now())");

    void assertLimited() throws SQLException {
        assertLimited("api_gateway", List.of());
        assertLimited("stats_writer", STATS_TABLES);
        assertLimited("earnings_aggregator", EARNINGS_TABLES);
        assertLimited("job_recorder", JOB_TABLES);
    }

    private void assertLimited(String login, List<String> writable) throws SQLException {
        List<String> forbidden = new ArrayList<>(FORBIDDEN_STATEMENTS);
        if (!List.of("earnings_aggregator", "job_recorder").contains(login)) {
            forbidden.add("create temporary table mine (id int)");
        }
        if (!login.equals("job_recorder")) {
            forbidden.add("select * from audit.jobs");
        }
        TABLES.stream()
                .filter(table -> !writable.contains(table))
                .forEach(table -> forbidden.add("delete from " + table));
        for (String table : TABLES) {
            if (!writable.contains(table)
                    && !INSERTABLE.getOrDefault(login, List.of()).contains(table)) {
                forbidden.add("insert into " + table + " default values");
            }
        }
        try (Connection session = servers.connect(login)) {
            for (String statement : forbidden) {
                assertRefused(session, login, statement);
            }
        }
    }

    private static void assertRefused(Connection session, String login, String sql) {
        assertThatThrownBy(() -> {
                    try (Statement statement = session.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .as("%s: %s", login, sql)
                .hasMessageMatching("(?s).*(permission denied|must be|must have|may not|Only roles).*");
    }
}
