package io.gonkapulse.apigateway.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.QueryPlan;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A page, a batch and a node read the rows of their nodes only, and settlements only where rewards are unclaimed. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeQueryPlanTest {

    private static final int NODES = 5_000;
    private static final int PAGE = 50;
    private static final int TABLES_OF_NODE = 4;

    private final TestDatabase database;

    NodeQueryPlanTest(TestDatabase database) {
        this.database = database;
    }

    /** One node of a hundred has an unclaimed reward. */
    @BeforeAll
    void load() {
        GatewayTestData data = GatewayTestData.in(database);
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || lpad(number::text, 4, '0'), 'wallet' from generate_series(0, " + (NODES - 1)
                + ") number");
        data.run("insert into node_stats_cache (node_id, status, source, fetched_at) "
                + "select id, 'healthy', 'one', now() from nodes");
        data.run("insert into node_facts (node_id, epoch, observed_at, partition) select id, 77, now(), 3 from nodes");
        data.run("insert into node_earnings (node_id, total) select id, 5 from nodes");
        data.run("insert into trackers (name, kind, interval_ms, epoch, last_success_at) "
                + "values ('one', 'gonka-tracker', 60000, 77, now())");
        data.run("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, observed_at)
                select id, epoch, 1, 1, 0, 0, 0, 5,
                       case when epoch = 76 and identifier like '%00' then 'unclaimed' else 'claimed' end, false,
                       timestamptz '2026-03-09T07:30:00Z' - (76 - epoch) * interval '25 hours', now()
                  from nodes, generate_series(67, 76) epoch
                """);
        data.run("vacuum analyze");
    }

    @Test
    void pageReadsItsNodesOnly() {
        QueryPlan plan = QueryPlan.explain(
                database,
                NodePageRepository.ALL_BY_IDENTIFIER,
                Map.of("afterIdentifier", "gonka1n0999", "limit", PAGE));

        assertReadsNodes(plan, PAGE, 1);
    }

    @Test
    void batchReadsItsNodesOnly() {
        List<String> identifiers = IntStream.range(1_000, 1_020)
                .mapToObj(number -> "gonka1n" + number)
                .toList();

        QueryPlan plan = QueryPlan.explain(
                database,
                NodeBatchRepository.FIND,
                IdentifierParameterFactory.forMany(identifiers, NodeBatchRepository.MAX_SIZE));

        assertReadsNodes(plan, identifiers.size(), 1);
    }

    @Test
    void detailsReadOneNode() {
        Map<String, @Nullable Object> parameters =
                new HashMap<>(IdentifierParameterFactory.forMany(List.of("gonka1n1000")));
        parameters.put("today", LocalDate.parse("2026-03-10"));
        parameters.put("epochs", 40);

        QueryPlan plan = QueryPlan.explain(database, NodeRepository.FIND, parameters);

        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isLessThanOrEqualTo(2);
        assertThat(plan.rowsRead("epoch_settlements")).as(plan.toString()).isEqualTo(1);
        assertThat(plan.rowsRead("epoch_totals")).as(plan.toString()).isLessThanOrEqualTo(60);
        assertThat(plan.pages()).as(plan.toString()).isLessThan(150);
    }

    private static void assertReadsNodes(QueryPlan plan, int nodes, int unclaimed) {
        assertThat(plan.rowsRead("node_stats_cache")).as(plan.toString()).isEqualTo(nodes);
        assertThat(plan.rowsRead("node_facts")).as(plan.toString()).isEqualTo(nodes);
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isLessThanOrEqualTo(2L * nodes);
        assertThat(plan.rowsRead("epoch_settlements")).as(plan.toString()).isEqualTo(unclaimed);
        assertThat(plan.rowsRead("node_earnings")).as(plan.toString()).isZero();
        assertThat(plan.pages()).as(plan.toString()).isLessThan((TABLES_OF_NODE + 1L) * 4 * nodes + 100);
    }
}
