package io.gonkapulse.apigateway.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClaimsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private final GatewayTestData data;
    private final TestGateway gateway;

    NodeClaimsApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW));
    }

    @BeforeEach
    void clearData() {
        data.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void detailsShowUnclaimedReward() {
        UUID id = data.node("gonka1a").stats("healthy", NOW).insert();
        data.insertEarnings(id, TODAY.minusDays(1), "2251000000003", "settled");
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251000000003", "unclaimed", null);

        JsonNode node = gateway.get("/api/v1/nodes/gonka1a");
        String claimBefore = "{\"epoch\":79,\"at\":\"2026-03-11T10:30:00Z\"}";

        assertThat(node.get("rewards"))
                .hasToString("{\"unclaimed\":\"2251.000000003\",\"unclaimedNgonka\":\"2251000000003\","
                        + "\"claimBefore\":" + claimBefore + "}");
        assertThat(gateway.get("/api/v1/nodes").at("/items/0/rewards")).isEqualTo(node.get("rewards"));
        assertThat(gateway.get("/api/v1/nodes?sort=-votingWeight").at("/items/0/rewards"))
                .isEqualTo(node.get("rewards"));
        JsonNode earnings = node.get("earnings");
        assertThat(earnings.get("unclaimed").asString()).isEqualTo("2251.000000003");
        assertThat(earnings.get("claimBefore")).hasToString(claimBefore);
        assertThat(earnings.get("historyStart").asString()).isEqualTo("2026-03-09");
        assertThat(earnings.get("history").get(0))
                .hasToString("{\"date\":\"2026-03-09\",\"earningsGnk\":\"2251.000000003\","
                        + "\"earningsNgonka\":\"2251000000003\",\"unclaimedNgonka\":\"2251000000003\","
                        + "\"forfeitedNgonka\":\"0\",\"claimBefore\":" + claimBefore + ",\"source\":\"one\","
                        + "\"sources\":[\"one\"],\"state\":\"provisional\",\"reason\":\"unclaimed\"}");
    }

    @Test
    void detailsShowForfeitedReward() {
        UUID id = data.node("gonka1a").stats("healthy", NOW).insert();
        Instant forfeited = Instant.parse("2026-03-08T06:00:00Z");
        data.insertEarnings(id, TODAY.minusDays(2), "-500", "settled");
        data.insertSettlement(id, 70, Instant.parse("2026-03-02T06:00:00Z"), "500", "forfeited", forfeited);
        data.insertSettlement(
                id,
                40,
                Instant.parse("2026-01-20T06:00:00Z"),
                "30",
                "forfeited",
                Instant.parse("2026-01-22T09:00:00Z"));

        JsonNode earnings = gateway.get("/api/v1/nodes/gonka1a").get("earnings");

        assertThat(earnings.get("forfeitedNgonka").asString()).isEqualTo("530");
        assertThat(earnings.get("claimBefore").isNull()).isTrue();
        assertThat(earnings.get("history")).hasSize(1);
        assertThat(earnings.at("/history/0/forfeitedNgonka").asString()).isEqualTo("500");
        assertThat(earnings.at("/history/0/earningsNgonka").asString()).isEqualTo("-500");
        assertThat(earnings.at("/history/0/state").asString()).isEqualTo("settled");
    }

    @Test
    void detailsNameDaysWithoutSettlement() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY.minusDays(3), "5", "settled");
        data.insertSettlement(id, 75, Instant.parse("2026-03-06T23:30:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-08T01:10:00Z"), "7", "claimed", null);

        JsonNode day = gateway.get("/api/v1/nodes/gonka1a").at("/earnings/history/0");

        assertThat(day.get("reason").asString()).isEqualTo("no_settlement");
        assertThat(day.get("state").asString()).isEqualTo("settled");
    }
}
