package io.gonkapulse.apigateway.epochs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeEpochsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final GatewayTestData data;
    private final TestGateway gateway;

    NodeEpochsApiTest(TestDatabase database) {
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
    void listsEpochsNewestFirst() {
        UUID id = data.insertNode("gonka1a");
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "9", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251000000000", "unclaimed", null);
        data.run("insert into node_daily (node_id, day, epoch, weight) values " + "('" + id
                + "', '2026-03-08', 76, 3965), ('" + id + "', '2026-03-09', 76, 3960)");
        data.run(
                "insert into earnings_ledger (node_id, epoch, day, earned, inferences, missed, validated, invalidated, "
                        + "observed_at) values ('" + id + "', 77, '2026-03-10', 12, 3, 1, 2, 0, now())");

        JsonNode epochs = gateway.get("/api/v1/nodes/gonka1a/epochs");

        assertThat(epochs.get("identifier").asString()).isEqualTo("gonka1a");
        assertThat(epochs.get("total").asInt()).isEqualTo(3);
        assertThat(epochs.get("nextCursor").isNull()).isTrue();
        assertThat(epochs.at("/items/0"))
                .hasToString("{\"epoch\":77,\"start\":\"2026-03-09T07:30:00Z\",\"end\":null,\"settledAt\":null,"
                        + "\"settlementBlock\":null,\"earnedGnk\":\"0.000000012\",\"earnedNgonka\":\"12\","
                        + "\"rewardedGnk\":null,\"rewardedNgonka\":null,\"claim\":\"unknown\",\"claimBefore\":null,"
                        + "\"forfeitedAt\":null,\"inferences\":3,\"missed\":1,\"validated\":2,\"invalidated\":0,"
                        + "\"weight\":null,\"exact\":false,\"rank\":null}");
        assertThat(epochs.at("/items/1"))
                .hasToString("{\"epoch\":76,\"start\":\"2026-03-08T06:00:00Z\",\"end\":\"2026-03-09T07:30:00Z\","
                        + "\"settledAt\":\"2026-03-09T07:30:00Z\",\"settlementBlock\":1169716,"
                        + "\"earnedGnk\":\"0.000003805\",\"earnedNgonka\":\"3805\","
                        + "\"rewardedGnk\":\"2251.000000000\",\"rewardedNgonka\":\"2251000000000\","
                        + "\"claim\":\"unclaimed\",\"claimBefore\":{\"epoch\":79,\"at\":\"2026-03-11T10:30:00Z\"},"
                        + "\"forfeitedAt\":null,\"inferences\":1106,\"missed\":1,\"validated\":1072,"
                        + "\"invalidated\":8,\"weight\":3965,\"exact\":true,\"rank\":null}");
        assertThat(epochs.at("/items/2/claim").asString()).isEqualTo("claimed");
        assertThat(epochs.at("/items/2/claimBefore").isNull()).isTrue();
        assertThat(epochs.at("/items/2/start").isNull()).isTrue();
    }

    @Test
    void showsRankByReward() {
        UUID id = data.insertNode("gonka1a");
        insertEpochs(id, 75, 76);
        insertEpochs(data.insertNode("gonka1b"), 75, 76);
        data.run("insert into settlement_ranks (node_id, epoch, rank) values ('" + id + "', 75, 2), ('" + id
                + "', 76, 1)");
        data.run("delete from unranked_epochs");

        JsonNode epochs = gateway.get("/api/v1/nodes/gonka1a/epochs");

        assertThat(epochs.at("/items/0/rank").asInt()).isEqualTo(1);
        assertThat(epochs.at("/items/1/rank").asInt()).isEqualTo(2);
        assertThat(gateway.get("/api/v1/nodes/gonka1b/epochs")
                        .at("/items/0/rank")
                        .isNull())
                .isTrue();
    }

    /** The stored rank can be wrong then. */
    @Test
    void changedEpochHasNoRank() {
        UUID id = data.insertNode("gonka1a");
        insertEpochs(id, 75, 76);
        data.run("insert into settlement_ranks (node_id, epoch, rank) values ('" + id + "', 75, 2), ('" + id
                + "', 76, 1)");
        data.run("delete from unranked_epochs where epoch = 75");

        JsonNode epochs = gateway.get("/api/v1/nodes/gonka1a/epochs");

        assertThat(epochs.at("/items/0/rank").isNull()).isTrue();
        assertThat(epochs.at("/items/1/rank").asInt()).isEqualTo(2);
    }

    @Test
    void pagesContainEachEpochOnce() {
        insertEpochs(data.insertNode("gonka1a"), 40, 76);

        List<Long> epochs = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = gateway.get("/api/v1/nodes/gonka1a/epochs?limit=5" + cursor);
            page.get("items").forEach(epoch -> epochs.add(epoch.get("epoch").asLong()));
            assertThat(page.get("total").asInt()).isEqualTo(37);
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!cursor.isEmpty());

        assertThat(epochs).hasSize(37).isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }

    @Test
    void rangeIsOfEpochsOrDays() {
        insertEpochs(data.insertNode("gonka1a"), 40, 76);

        assertThat(list("from=50&to=52")).containsExactly(52L, 51L, 50L);
        assertThat(list("from=2026-03-08")).containsExactly(76L, 75L);
        assertThat(list("from=2026-03-07&to=2026-03-08")).containsExactly(75L, 74L);
        assertThat(list("from=75&to=2026-03-10")).containsExactly(76L, 75L);
        assertThat(list("to=2025-01-01")).isEmpty();
    }

    @Test
    void refusesBadRanges() {
        data.insertNode("gonka1a");

        for (String query : List.of("from=52&to=50", "from=2026-03-09&to=2026-03-08", "from=yesterday", "cursor=x")) {
            HttpResponse<String> refused = gateway.send("GET", "/api/v1/nodes/gonka1a/epochs?" + query);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"bad_parameter\"");
        }
    }

    @Test
    void nodeWithoutEpochsHasNone() {
        data.insertNode("gonka1a");

        assertThat(gateway.get("/api/v1/nodes/GONKA1A/epochs"))
                .hasToString("{\"identifier\":\"GONKA1A\",\"items\":[],\"total\":0,\"nextCursor\":null}");
    }

    private List<Long> list(String query) {
        return gateway.get("/api/v1/nodes/gonka1a/epochs?" + query)
                .get("items")
                .valueStream()
                .map(epoch -> epoch.get("epoch").asLong())
                .toList();
    }

    /** Epoch 76 is settled on 2026-03-09, each epoch before it a day earlier. */
    private void insertEpochs(UUID id, long first, long last) {
        Instant newest = Instant.parse("2026-03-09T07:30:00Z");
        for (long epoch = first; epoch <= last; epoch++) {
            data.insertSettlement(id, epoch, newest.minusSeconds((last - epoch) * 86_400), "9", "claimed", null);
        }
    }
}
