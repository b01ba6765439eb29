package io.gonkapulse.apigateway.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final GatewayTestData data;
    private final TestGateway gateway;

    NetworkApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=trackers");
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
    void returnsNullForUnknownValues() {
        assertThat(gateway.get("/api/v1/network"))
                .hasToString("{\"epoch\":null,\"blockHeight\":null,\"blockTime\":null,\"blockAgeSeconds\":null,"
                        + "\"state\":\"unknown\",\"participants\":null,\"healthy\":null,\"jailed\":null,"
                        + "\"unhealthy\":null,\"offline\":null,\"inactive\":null,\"gpus\":null,\"models\":[],"
                        + "\"avgBlockSeconds\":null,\"nextEpochSeconds\":null,\"updatedAt\":null,\"simulated\":false}");
    }

    @Test
    void countsNodesAndUsesHighestTracker() {
        data.insertTracker("one", NOW.minusSeconds(5), 4000L, NOW.minusSeconds(20));
        data.insertTracker("behind", NOW.minusSeconds(1), 3999L, NOW.minusSeconds(26));
        UUID healthy = data.node("gonka1a")
                .stats("healthy", NOW.minusSeconds(10))
                .model("model-b")
                .insert();
        data.insertGpuCount(healthy, 8, NOW);
        data.node("gonka1b").stats("jailed", NOW.minusSeconds(10)).insert();
        data.node("gonka1c").stats("unhealthy", NOW.minusSeconds(10)).insert();
        UUID silent = data.node("gonka1d")
                .stats("healthy", NOW.minusSeconds(600))
                .model("model-z")
                .insert();
        data.markOffline(silent, "one", NOW.minusSeconds(600));
        data.insertNode("gonka1never");

        assertThat(gateway.get("/api/v1/network"))
                .hasToString("{\"epoch\":77,\"blockHeight\":4000,\"blockTime\":\"2026-03-10T11:59:40Z\","
                        + "\"blockAgeSeconds\":20,\"state\":\"live\",\"participants\":3,\"healthy\":1,\"jailed\":1,"
                        + "\"unhealthy\":1,\"offline\":1,\"inactive\":0,\"gpus\":8,\"models\":[\"model-a\",\"model-b\"],"
                        + "\"avgBlockSeconds\":6.02,\"nextEpochSeconds\":6000,"
                        + "\"updatedAt\":\"2026-03-10T11:59:55Z\",\"simulated\":false}");
    }

    @Test
    void countsInactiveNodesApart() {
        data.insertTracker("one", NOW, 4000L, NOW);
        UUID left = data.node("gonka1a")
                .stats("healthy", NOW.minusSeconds(600))
                .model("model-z")
                .insert();
        data.markOffline(left, "one", NOW.minusSeconds(600));
        data.run("update node_facts set epoch = 76, gpu_count = 5");
        UUID settled = data.insertNode("gonka1b");
        data.insertSettlement(settled, 70, NOW.minusSeconds(600_000), "5", "claimed", null);
        data.node("gonka1c").stats("healthy", NOW).insert();
        data.run("update node_stats_cache set active_model = 'model-a' where status = 'healthy'");
        data.run("insert into node_facts (node_id, epoch, observed_at, models) "
                + "select id, 77, now(), '{model-c,model-b}' from nodes where identifier = 'gonka1c'");
        UUID withoutModel = data.node("gonka1d").stats("healthy", NOW).insert();
        data.run("update node_stats_cache set active_model = null where node_id = '" + withoutModel + "'");
        data.run("insert into node_facts (node_id, epoch, observed_at, models) values ('" + withoutModel
                + "', 77, now(), '{}')");

        JsonNode network = gateway.get("/api/v1/network");

        assertThat(network.get("inactive").asInt()).isEqualTo(2);
        assertThat(network.get("offline").asInt()).isZero();
        assertThat(network.get("participants").asInt()).isEqualTo(2);
        assertThat(network.get("gpus").isNull()).isTrue();
        assertThat(network.get("models")).hasToString("[\"model-b\",\"model-c\"]");
    }

    @Test
    void fillsEpochEndFromOtherTracker() {
        data.insertTracker("terse", NOW, 4001L, NOW.minusSeconds(14));
        data.run("update trackers set avg_block_seconds = null, next_epoch_height = null");
        data.insertTracker("chain", NOW, 4000L, NOW.minusSeconds(20));
        data.insertTracker("ahead", NOW, 3000L, NOW.minusSeconds(20));
        data.run("update trackers set epoch = 76, next_epoch_height = 9999 where name = 'ahead'");

        JsonNode network = gateway.get("/api/v1/network");
        assertThat(network.get("blockHeight").asLong()).isEqualTo(4001);
        assertThat(network.get("avgBlockSeconds").asString()).isEqualTo("6.02");
        assertThat(network.get("nextEpochSeconds").asLong()).isEqualTo(5999);
    }

    @Test
    void ignoresOutlierEpoch() {
        data.insertTracker("one", NOW.minusSeconds(5), 4000L, NOW.minusSeconds(20));
        data.insertTracker("two", NOW.minusSeconds(9), 3999L, NOW.minusSeconds(26));
        data.insertTracker("hostile", NOW, 5000L, NOW);
        data.run("update trackers set epoch = 9999999 where name = 'hostile'");

        JsonNode network = gateway.get("/api/v1/network");
        assertThat(network.get("epoch").asLong()).isEqualTo(77);
        assertThat(network.get("blockHeight").asLong()).isEqualTo(4000);
    }

    @Test
    void omitsAbsurdGpuCounts() {
        for (long count : new long[] {8, 100_000, 100_001, Long.MAX_VALUE}) {
            UUID node = data.node("gonka1n" + count).stats("healthy", NOW).insert();
            data.insertGpuCount(node, count, NOW);
        }

        assertThat(gateway.get("/api/v1/network").get("gpus").asLong()).isEqualTo(100_008);
    }

    /** At the start of a backfill no tracker has reported GPUs. */
    @Test
    void unreportedGpusAreUnknown() {
        data.node("gonka1a").stats("healthy", NOW).insert();

        JsonNode network = gateway.get("/api/v1/network");

        assertThat(network.get("participants").asInt()).isEqualTo(1);
        assertThat(network.get("gpus").isNull()).isTrue();
    }

    @Test
    void reportsStaleBlocksAndOverdueEpoch() {
        data.insertTracker("one", NOW, 4999L, NOW.minusSeconds(181));

        assertThat(gateway.get("/api/v1/network").get("state").asString()).isEqualTo("stale");
        assertThat(gateway.get("/api/v1/network").get("nextEpochSeconds").asInt())
                .isZero();

        data.run("update trackers set catching_up = true");
        assertThat(gateway.get("/api/v1/network").get("state").asString()).isEqualTo("syncing");
    }

    @Test
    void summarizesTrackerPolls() {
        data.insertTracker("one", NOW.minusSeconds(5), 4000L, NOW.minusSeconds(20));
        data.insertTracker("idle", NOW.minusSeconds(9000));
        data.insertPoll("one", NOW.minusSeconds(3601), "failed", 9999);
        data.insertPoll("one", NOW.minusSeconds(60), "failed", 5000);
        data.insertPoll("one", NOW.minusSeconds(120), "ok", 100);
        data.insertPoll("one", NOW.minusSeconds(180), "partial", 300);
        data.insertPoll("one", NOW.minusSeconds(240), "stale", 200);

        assertThat(gateway.get("/api/v1/trackers").get("items").get(1))
                .hasToString("{\"name\":\"one\",\"kind\":\"gonka-tracker\",\"intervalSeconds\":60,"
                        + "\"owner\":\"poller-1\",\"url\":\"https://tracker.example/base\",\"outcome\":\"ok\","
                        + "\"error\":null,\"lastPollAt\":\"2026-03-10T11:59:55Z\","
                        + "\"lastSuccessAt\":\"2026-03-10T11:59:55Z\",\"epoch\":77,\"blockHeight\":4000,"
                        + "\"blockTime\":\"2026-03-10T11:59:40Z\",\"polls1h\":4,\"successRate1h\":0.5,"
                        + "\"medianDurationMs\":200,\"p95DurationMs\":5000,\"otherPolls1h\":[]}");
        assertThat(gateway.get("/api/v1/trackers")
                        .get("items")
                        .get(0)
                        .get("successRate1h")
                        .isNull())
                .isTrue();
        assertThat(gateway.get("/api/v1/trackers").get("total").asInt()).isEqualTo(2);
    }

    @Test
    void totalCountsUnlistedTrackers() {
        data.run("insert into trackers (name, kind, interval_ms) "
                + "select 'tracker-' || number, 'gonka-tracker', 60000 from generate_series(1, 501) number");

        JsonNode trackers = gateway.get("/api/v1/trackers");

        assertThat(trackers.get("items")).hasSize(500);
        assertThat(trackers.get("total").asInt()).isEqualTo(501);
    }

    @Test
    void separatesBackfillPolls() {
        data.insertTracker("one", NOW.minusSeconds(5), 4000L, NOW.minusSeconds(20));
        data.insertPoll("one", NOW.minusSeconds(60), "ok", 100);
        data.insertPoll("one", NOW.minusSeconds(61), "ok", 4100);
        data.insertPoll("one", NOW.minusSeconds(62), "failed", 9000);
        data.run("update tracker_polls set purpose = 'backfill' where duration_ms > 100");

        JsonNode tracker = gateway.get("/api/v1/trackers").at("/items/0");

        assertThat(tracker.get("polls1h").asInt()).isEqualTo(1);
        assertThat(tracker.get("p95DurationMs").asInt()).isEqualTo(100);
        assertThat(tracker.get("otherPolls1h"))
                .hasToString("[{\"purpose\":\"backfill\",\"polls\":2,\"successRate\":0.5,"
                        + "\"medianDurationMs\":4100,\"p95DurationMs\":9000}]");
    }
}
