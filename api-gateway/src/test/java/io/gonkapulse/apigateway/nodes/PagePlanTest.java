package io.gonkapulse.apigateway.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.running.NetworkData;
import io.gonkapulse.apigateway.running.StatementPlan;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page in the order of a number reads, beside the number of each node. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagePlanTest {

    private static final int NODES = 5_000;
    private static final int LIMIT = 51;

    private final TestDatabase database;

    PagePlanTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void load() {
        NetworkData data = NetworkData.in(database);
        data.run("insert into nodes (identifier, identifier_type, region) select 'gonka1n' || number, 'wallet', "
                + "'region ' || number % 10 from generate_series(1, " + NODES + ") number");
        data.run("insert into node_stats_cache (node_id, status, voting_weight, earnings_day, earnings_total, "
                + "uptime_percent, active_model, source, fetched_at, earnings_date) select id, 'healthy', "
                + "random() * 1000, random(), random() * 1000, 99, 'm', 'one', now(), current_date from nodes");
        data.run("insert into node_facts (node_id, epoch, observed_at, partition) select id, 1, now(), "
                + "abs(hashtext(identifier) % 8) from nodes");
        data.run("insert into trackers (name, kind, interval_ms) values ('one', 'gonka-tracker', 60000)");
        data.run("vacuum analyze");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight", "earningsDay", "earningsTotal", "uptime", "fetchedAt"})
    void onlyTheNodesOfThePageAreReadWhole(String field) {
        for (int direction : new int[] {1, -1}) {
            assertReadsFactsOfThePageOnly(page(field, direction, null, ""));
            assertReadsFactsOfThePageOnly(page(field, direction, null, "region 3"));
            assertReadsFactsOfThePageOnly(page(field, direction, String.valueOf(500 * direction - 500), ""));
        }
    }

    private void assertReadsFactsOfThePageOnly(StatementPlan plan) {
        assertThat(plan.relations()).contains("nodes", "node_stats_cache", "node_facts");
        assertThat(plan.rowsRead("node_facts")).as(plan.toString()).isLessThanOrEqualTo(LIMIT);
        assertThat(plan.rowsRead("trackers")).as(plan.toString()).isLessThanOrEqualTo(LIMIT);
        assertThat(plan.rowsRead("node_stats_cache")).as(plan.toString()).isLessThanOrEqualTo(NODES + LIMIT);
    }

    private StatementPlan page(String field, int direction, @Nullable String afterKey, String region) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("statuses", null);
        parameters.put("gpuType", null);
        parameters.put("region", region.isEmpty() ? null : region);
        parameters.put("model", null);
        parameters.put("words", null);
        parameters.put("field", field);
        parameters.put("direction", direction);
        parameters.put("today", LocalDate.parse("2026-03-10"));
        parameters.put("afterKey", afterKey);
        parameters.put("afterIdentifier", "");
        parameters.put("limit", LIMIT);
        return StatementPlan.of(database, PageRepository.BY_NUMBER, parameters);
    }
}
