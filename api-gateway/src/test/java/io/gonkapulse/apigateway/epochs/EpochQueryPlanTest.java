package io.gonkapulse.apigateway.epochs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.QueryPlan;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pages of epochs read index ranges; their cost does not depend on the number of nodes. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpochQueryPlanTest {

    private static final int NODES = 2_000;
    private static final int EPOCHS = 50;
    private static final int LIMIT = 20;

    private final TestDatabase database;

    EpochQueryPlanTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void load() {
        GatewayTestData data = GatewayTestData.in(database);
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || number, 'wallet' from generate_series(1, " + NODES + ") number");
        data.run("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, observed_at)
                select id, epoch, 1, 1, 0, 0, 0, epoch, 'claimed', false,
                       timestamptz '2026-03-09T07:30:00Z' - (50 - epoch) * interval '25 hours', now()
                  from nodes, generate_series(1, %s) epoch
                """.formatted(EPOCHS));
        data.run("insert into node_daily (node_id, day, epoch, weight) "
                + "select id, date '2026-03-10' - epoch, epoch, 5 from nodes, generate_series(1, " + EPOCHS
                + ") epoch");
        data.run("insert into settlement_ranks (node_id, epoch, rank) select node_id, epoch, 1 from epoch_settlements");
        data.run("delete from unranked_epochs");
        data.run("vacuum analyze");
    }

    @Test
    void epochsOfNodeReadItsRowsOnly() {
        Map<String, @Nullable Object> parameters = new HashMap<>(IdentifierParameterFactory.forOne("gonka1n7"));
        parameters.putAll(page());

        QueryPlan plan = QueryPlan.explain(database, NodeEpochRepository.FIND, parameters);

        assertThat(plan.rowsRead("epoch_settlements"))
                .as(plan.toString())
                .isLessThanOrEqualTo(EPOCHS + 2L * (LIMIT + 1));
        assertThat(plan.rowsRead("node_daily")).as(plan.toString()).isLessThanOrEqualTo(EPOCHS);
        assertThat(plan.rowsRead("settlement_ranks")).as(plan.toString()).isBetween(1L, LIMIT + 1L);
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isEqualTo(1);
    }

    @Test
    void epochsOfNetworkReadTotalsOnly() {
        QueryPlan plan = QueryPlan.explain(database, EpochRepository.LIST, page());

        assertThat(plan.rowsRead("epoch_settlements")).as(plan.toString()).isZero();
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isZero();
        assertThat(plan.rowsRead("node_facts")).as(plan.toString()).isZero();
    }

    @Test
    void topNodesReadOneEpoch() {
        QueryPlan plan = QueryPlan.explain(database, EpochRepository.FIND_TOP_NODES, Map.of("epoch", 46L));

        assertThat(plan.rowsRead("epoch_settlements")).as(plan.toString()).isLessThanOrEqualTo(NODES + 10L);
        assertThat(plan.rowsRead("settlement_ranks")).as(plan.toString()).isBetween(1L, 10L);
        assertThat(plan.rowsRead("nodes")).as(plan.toString()).isLessThanOrEqualTo(NODES);
    }

    private static Map<String, Object> page() {
        return Map.of("first", 0L, "last", Long.MAX_VALUE, "pageLast", Long.MAX_VALUE - 1, "limit", LIMIT + 1);
    }
}
