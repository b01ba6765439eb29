package io.gonkapulse.apigateway.earnings;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows that a range over all nodes reads do not depend on the number of nodes. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarningsQueryPlanTest {

    private static final int NODES = 1_000;
    private static final int DAYS = 120;
    private static final LocalDate FIRST = LocalDate.parse("2026-01-07");

    private final TestDatabase database;

    EarningsQueryPlanTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void load() {
        GatewayTestData data = GatewayTestData.in(database);
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || number, 'wallet' from generate_series(1, " + NODES + ") number");
        data.run("insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source) "
                + "select id, date '" + FIRST + "' + number, 1, 1000000000, 'one' from generate_series(0, " + (DAYS - 1)
                + ") number, nodes");
        data.run("vacuum analyze");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "week", "month"})
    void nodeRangeReadsItsDaysOnly(String interval) {
        Map<String, Object> parameters = new HashMap<>(IdentifierParameterFactory.forMany(List.of("gonka1n7")));
        parameters.putAll(
                Map.of("interval", interval, "from", FIRST.plusDays(3), "to", FIRST.plusDays(32), "epochs", 40));

        QueryPlan plan = QueryPlan.explain(database, EarningsRepository.FIND_BY_NODE, parameters);

        assertThat(plan.rowsRead("earnings_history")).as(plan.toString()).isLessThanOrEqualTo(31);
        assertThat(plan.rowsRead("epoch_settlements")).as(plan.toString()).isZero();
        assertThat(plan.pages()).as(plan.toString()).isLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "week", "month"})
    void networkRangeReadsDailyTotalsOnly(String interval) {
        QueryPlan plan = QueryPlan.explain(
                database,
                EarningsRepository.FIND_FOR_NETWORK,
                Map.of(
                        "interval",
                        interval,
                        "from",
                        FIRST.plusDays(3),
                        "to",
                        FIRST.plusDays(DAYS - 4),
                        "epochs",
                        DAYS));

        assertThat(plan.relations())
                .as(plan.toString())
                .containsOnly("earnings_daily", "earning_node_counts", "reward_daily", "epoch_totals");
        assertThat(plan.pages()).as(plan.toString()).isLessThan(DAYS);
        assertThat(plan.rowsRead()).as(plan.toString()).isLessThanOrEqualTo(2L * DAYS + 1);
    }
}
