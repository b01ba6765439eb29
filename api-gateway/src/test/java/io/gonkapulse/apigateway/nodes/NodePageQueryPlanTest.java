package io.gonkapulse.apigateway.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.QueryPlan;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page sorted by a number reads the number of every node, and other columns for the page's nodes only. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodePageQueryPlanTest {

    private static final int NODES = 5_000;
    private static final int CANDIDATES = 200;

    private final TestDatabase database;
    private final GatewayTestData data;

    NodePageQueryPlanTest(TestDatabase database) {
        this.database = database;
        this.data = GatewayTestData.in(database);
    }

    @BeforeEach
    void load() {
        data.clear();
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || number, 'wallet' from generate_series(1, " + NODES + ") number");
        data.run("insert into node_stats_cache (node_id, status, voting_weight, source, fetched_at) "
                + "select id, 'healthy', row_number() over (), 'one', now() from nodes");
        data.run("insert into node_facts (node_id, epoch, observed_at, partition) select id, 7, now(), 3 from nodes");
        data.run("insert into trackers (name, kind, interval_ms) values ('one', 'gonka-tracker', 60000)");
    }

    @ParameterizedTest
    @CsvSource({"-weight,,true", "-weight,,false", "fetchedAt,healthy,true", "fetchedAt,healthy,false"})
    void numericPageReadsFewRows(String sort, @Nullable String status, boolean analysed) {
        if (analysed) {
            data.run("vacuum analyze nodes, node_stats_cache, node_facts, trackers");
        }

        QueryPlan plan = explainPage(sort, status);

        // Without statistics PostgreSQL may scan a table instead of some look-ups, but must not scan it for each
        // node.
        int scans = analysed ? 0 : NODES;
        assertThat(plan.rowsRead("node_stats_cache"))
                .as(plan.toString())
                .isLessThanOrEqualTo(NODES + CANDIDATES + scans);
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isLessThanOrEqualTo(CANDIDATES + scans);
        assertThat(plan.rowsRead("node_facts")).as(plan.toString()).isLessThanOrEqualTo(CANDIDATES + scans);
    }

    /** Half of the nodes left in an earlier epoch. They need one look-up each, but none in the view. */
    @Test
    void inactiveNodesNeedOneLookup() {
        data.run("update node_facts set epoch = 6 where right(node_id::text, 1) < '8'");
        data.run("update node_stats_cache set fetched_at = now() - interval '3 days' "
                + "where node_id in (select node_id from node_facts where epoch = 6)");
        data.run("update trackers set epoch = 7, last_success_at = now()");
        data.run("insert into tracker_coverage (tracker, partition, success_at, pending_at, pending_offset) "
                + "values ('one', 3, now(), now(), 0)");
        data.run("vacuum analyze nodes, node_stats_cache, node_facts, trackers, tracker_coverage");

        QueryPlan plan = explainPage("-weight", null);

        assertThat(plan.rowsRead("node_stats_cache")).as(plan.toString()).isLessThanOrEqualTo(NODES + CANDIDATES);
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isLessThanOrEqualTo(CANDIDATES);
        assertThat(plan.rowsRead("node_facts")).as(plan.toString()).isLessThanOrEqualTo(NODES + CANDIDATES);
    }

    private QueryPlan explainPage(String sort, @Nullable String status) {
        NodePageQuery.Filter filter =
                new NodePageQuery.Filter(status == null ? List.of() : List.of(status), null, null, null, null);
        NodePageQuery query = new NodePageQuery(filter, NodeSort.parse(sort), CANDIDATES / 4 - 1, null);
        Map<String, @Nullable Object> parameters = new HashMap<>(filter.sqlParameters());
        parameters.put("direction", -1);
        parameters.put("today", LocalDate.parse("2026-03-10"));
        parameters.put("afterKey", null);
        parameters.put("afterNode", null);
        parameters.put("candidates", CANDIDATES);
        parameters.put("limit", CANDIDATES / 4);
        return QueryPlan.explain(
                database, NumberSortedNodePageReader.buildStatement(query, "node_stats_cache"), parameters);
    }
}
