package io.gonkapulse.apigateway.epochs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpochsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final GatewayTestData data;
    private final TestGateway gateway;

    EpochsApiTest(TestDatabase database) {
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
    void sumsMatchNodes() {
        settle("gonka1a", "700", "claimed");
        settle("gonka1b", "500", "unclaimed");
        settle("gonka1c", "90", "unclaimed");
        settle("gonka1d", "6", "forfeited");

        JsonNode item = gateway.get("/api/v1/epochs").at("/items/0");

        assertThat(item)
                .hasToString("{\"epoch\":76,\"start\":null,\"end\":\"2026-03-09T07:30:00Z\","
                        + "\"settledAt\":\"2026-03-09T07:30:00Z\",\"settlementBlock\":1169716,\"participants\":4,"
                        + "\"earnedGnk\":\"0.000015220\",\"earnedNgonka\":\"15220\","
                        + "\"rewardedGnk\":\"0.000001296\",\"rewardedNgonka\":\"1296\",\"claimedNgonka\":\"700\","
                        + "\"unclaimedNgonka\":\"590\",\"forfeitedNgonka\":\"6\","
                        + "\"claimBefore\":{\"epoch\":79,\"at\":null},\"inferences\":4424,\"missed\":4,"
                        + "\"validated\":4288,\"invalidated\":32,\"exact\":true}");
        BigInteger ofNodes = List.of("gonka1a", "gonka1b", "gonka1c", "gonka1d").stream()
                .map(node -> new BigInteger(gateway.get("/api/v1/nodes/" + node + "/epochs")
                        .at("/items/0/rewardedNgonka")
                        .asString()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(item.get("rewardedNgonka").asString()).isEqualTo(ofNodes.toString());
    }

    @Test
    void showsTopNodesAndMedian() {
        settle("gonka1a", "700", "claimed");
        settle("gonka1b", "500", "unclaimed");
        UUID last = settle("gonka1c", "90", "claimed");
        data.run("update epoch_settlements set approximate = true where rewarded = 700");
        data.run("insert into node_daily (node_id, day, epoch, weight) values ('" + last + "', '2026-03-09', 76, 11)");

        JsonNode epoch = gateway.get("/api/v1/epochs/76");

        assertThat(epoch.get("medianRewardedNgonka").asString()).isEqualTo("500");
        assertThat(epoch.get("exact").asBoolean()).isFalse();
        assertThat(epoch.get("topNodes")
                        .valueStream()
                        .map(node -> node.get("identifier").asString()))
                .containsExactly("gonka1a", "gonka1b", "gonka1c");
        assertThat(epoch.at("/topNodes/2"))
                .hasToString("{\"identifier\":\"gonka1c\",\"displayName\":null,\"earnedNgonka\":\"3805\","
                        + "\"rewardedGnk\":\"0.000000090\",\"rewardedNgonka\":\"90\",\"claim\":\"claimed\","
                        + "\"weight\":11,\"rank\":null}");
    }

    /** Other than the position in the list, a rank counts deleted nodes. */
    @Test
    void topNodesHaveRanks() {
        settle("gonka1a", "700", "claimed");
        settle("gonka1b", "500", "unclaimed");
        data.run("update nodes set deleted_at = now() where identifier = 'gonka1a'");
        data.run("insert into settlement_ranks (node_id, epoch, rank) select node_id, epoch, "
                + "case when rewarded = 700 then 1 else 2 end from epoch_settlements");
        data.run("delete from unranked_epochs");

        JsonNode nodes = gateway.get("/api/v1/epochs/76").get("topNodes");

        assertThat(nodes).hasSize(1);
        assertThat(nodes.at("/0/rank").asInt()).isEqualTo(2);
    }

    @Test
    void deletedNodesTakeNoPlace() {
        for (int reward = 11; reward <= 22; reward++) {
            settle("gonka1n" + reward, String.valueOf(reward), "claimed");
        }
        data.run("update nodes set deleted_at = now() where identifier >= 'gonka1n13'");

        JsonNode epoch = gateway.get("/api/v1/epochs/76");

        assertThat(epoch.get("topNodes")
                        .valueStream()
                        .map(node -> node.get("identifier").asString()))
                .containsExactly("gonka1n12", "gonka1n11");
        assertThat(epoch.get("medianRewardedNgonka").asString()).isEqualTo("16");
    }

    @Test
    void deletedNodesKeepMedian() {
        settle("gonka1a", "700", "claimed");
        data.run("update nodes set deleted_at = now()");

        JsonNode epoch = gateway.get("/api/v1/epochs/76");

        assertThat(epoch.get("topNodes")).isEmpty();
        assertThat(epoch.get("medianRewardedNgonka").asString()).isEqualTo("700");
    }

    @Test
    void runningEpochHasNoSums() {
        data.insertTracker("one", NOW, 4000L, NOW);
        settle("gonka1a", "700", "claimed");
        UUID heavy = data.node("gonka1heavy").stats("healthy", NOW).weight("9").insert();
        data.insertGpuCount(heavy, 8, NOW);

        JsonNode epochs = gateway.get("/api/v1/epochs?limit=1");
        JsonNode running = gateway.get("/api/v1/epochs/77");

        assertThat(epochs.get("total").asInt()).isEqualTo(2);
        assertThat(epochs.at("/items/0/epoch").asInt()).isEqualTo(77);
        assertThat(epochs.at("/items/0/participants").asInt()).isEqualTo(1);
        assertThat(epochs.at("/items/0/rewardedNgonka").isNull()).isTrue();
        assertThat(epochs.at("/items/0/start").asString()).isEqualTo("2026-03-09T07:30:00Z");
        assertThat(gateway.get("/api/v1/epochs?limit=1&cursor="
                                + epochs.get("nextCursor").asString())
                        .at("/items/0/epoch")
                        .asInt())
                .isEqualTo(76);
        assertThat(running.at("/topNodes/0/identifier").asString()).isEqualTo("gonka1heavy");
        assertThat(running.at("/topNodes/0/weight").asInt()).isEqualTo(9);
        assertThat(running.get("medianRewardedNgonka").isNull()).isTrue();
    }

    /** Epoch 75 is settled, and 78 is running. */
    @Test
    void listsEpochsThatWaitForSettlement() {
        data.insertTracker("one", NOW, 4000L, NOW);
        data.run("update trackers set epoch = 78");
        settle("gonka1a", "700", "claimed");
        data.run("update epoch_settlements set epoch = 75");
        UUID left = data.node("gonka1left").stats("healthy", NOW).insert();
        data.insertGpuCount(left, 8, NOW);

        JsonNode epochs = gateway.get("/api/v1/epochs");
        JsonNode waiting = gateway.get("/api/v1/epochs/77");

        assertThat(epochs.get("total").asInt()).isEqualTo(4);
        assertThat(epochs.get("items")
                        .valueStream()
                        .map(epoch -> epoch.get("epoch").asInt()))
                .containsExactly(78, 77, 76, 75);
        assertThat(epochs.at("/items/0/participants").asInt()).isZero();
        assertThat(epochs.at("/items/1/participants").isNull()).isTrue();
        assertThat(epochs.at("/items/2/start").asString()).isEqualTo("2026-03-09T07:30:00Z");
        assertThat(waiting.get("rewardedNgonka").isNull()).isTrue();
        assertThat(waiting.get("topNodes")).isEmpty();
        assertThat(gateway.send("GET", "/api/v1/epochs/74").statusCode()).isEqualTo(404);
    }

    @Test
    void unsettledNetworkListsRunningEpochOnly() {
        data.insertTracker("one", NOW, 4000L, NOW);

        assertThat(gateway.get("/api/v1/epochs").get("total").asInt()).isEqualTo(1);
    }

    @Test
    void unknownEpochIsNotFound() {
        settle("gonka1a", "700", "claimed");

        HttpResponse<String> unknown = gateway.send("GET", "/api/v1/epochs/75");
        HttpResponse<String> invalid = gateway.send("GET", "/api/v1/epochs/last");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"epoch_not_found\"");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.body()).contains("epoch: expected a whole number");
    }

    private UUID settle(String identifier, String rewarded, String claim) {
        UUID id = data.insertNode(identifier);
        Instant settled = Instant.parse("2026-03-09T07:30:00Z");
        data.insertSettlement(
                id, 76, settled, rewarded, claim, claim.equals("forfeited") ? settled.plusSeconds(7200) : null);
        return id;
    }
}
