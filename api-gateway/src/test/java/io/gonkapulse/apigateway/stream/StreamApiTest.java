package io.gonkapulse.apigateway.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class StreamApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final int MANY_STREAMS = 50;
    private static final String UNKNOWN = NodeIdentifier.wallet(new byte[20]).value();

    private final TestDatabase database;
    private final GatewayTestData data;
    private final TestGateway gateway;
    private UUID node = new UUID(0, 0);
    private int nodes;
    private String identifier = "";
    private String query = "";

    StreamApiTest(TestDatabase database) {
        this.database = database;
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.max-streams-per-client=1000");
    }

    @BeforeEach
    void insertNode() {
        data.clear();
        // The feed of earlier tests still watches their nodes.
        identifier = "gonka1a" + nodes++;
        query = "identifier=" + identifier;
        node = data.node(identifier).stats("healthy", NOW.minusSeconds(12)).insert();
        data.insertEarnings(node, LocalDate.parse("2026-03-10"), "7", "provisional");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void sendsCurrentNodeFirst() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            assertThat(stream.awaitEvent("node", 1))
                    .isEqualTo(gateway.get("/api/v1/nodes").at("/items/0"));
            assertThat(stream.response().headers().firstValue("Content-Type"))
                    .hasValue("text/event-stream;charset=UTF-8");
            assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(stream.response().headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @Test
    void sendsChangedNode() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            data.run("update node_stats_cache set status = 'jailed'");

            assertThat(stream.awaitEvent("node", 2).at("/stats/status").asString())
                    .isEqualTo("jailed");
        }
    }

    @Test
    void sendsChangedDay() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            data.run("update earnings_history set earnings_gnk = ngonka_to_gnk(80), earnings_ngonka = 80");

            assertThat(stream.awaitEvent("day", 1).get("earningsNgonka").asString())
                    .isEqualTo("80");
            assertThat(stream.awaitEvent("day", 1).get("identifier").asString()).isEqualTo(identifier);
        }
    }

    @Test
    void sendsChangedEpoch() throws Exception {
        data.insertSettlement(node, 77, NOW.minusSeconds(3_600), "5000", "unclaimed", null);
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            data.run("update epoch_settlements set claim = 'claimed'");

            assertThat(stream.awaitEvent("epoch", 1).get("claimedNgonka").asString())
                    .isEqualTo("5000");
            assertThat(stream.awaitEvent("epoch", 1))
                    .isEqualTo(gateway.get("/api/v1/epochs").at("/items/0"));
        }
    }

    /** Epochs 75 and 76 wait for their settlement. The rewards of epoch 72 are the oldest that can change. */
    @Test
    void sendsForfeitBesideWaitingEpochs() throws Exception {
        data.insertTracker("main", NOW);
        for (int epoch = 72; epoch <= 74; epoch++) {
            data.insertSettlement(node, epoch, NOW.minusSeconds(90_000L * (77 - epoch)), "5000", "unclaimed", null);
        }
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            data.run("update epoch_settlements set claim = 'forfeited', forfeited_at = settled_at + interval '2 days'"
                    + " where epoch = 72");

            assertThat(stream.awaitEvent("epoch", 1).get("epoch").asLong()).isEqualTo(72);
            assertThat(stream.awaitEvent("epoch", 1).get("forfeitedNgonka").asString())
                    .isEqualTo("5000");
        }
    }

    @Test
    void sendsFirstEpochOfNetwork() throws Exception {
        try (TestGateway started = TestGateway.start(database, SteppedClock.at(NOW));
                TestStreamClient stream = TestStreamClient.open(started, query)) {
            stream.awaitEvent("node", 1);
            data.insertSettlement(node, 77, NOW.minusSeconds(3_600), "5000", "unclaimed", null);

            assertThat(stream.awaitEvent("epoch", 1).get("epoch").asLong()).isEqualTo(77);
        }
    }

    @Test
    void sendsNodeThatAppears() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query + "&identifier=" + UNKNOWN)) {
            stream.awaitEvent("node", 1);
            data.node(UNKNOWN).insert();

            assertThat(stream.awaitEvent("node", 2).get("identifier").asString())
                    .isEqualTo(UNKNOWN);
        }
    }

    @Test
    void sendsNothingOfOtherNodes() throws Exception {
        data.node("gonka1b").stats("healthy", NOW).insert();
        try (TestStreamClient all = TestStreamClient.open(gateway, query + "&identifier=gonka1b");
                TestStreamClient one = TestStreamClient.open(gateway, "identifier=gonka1b")) {
            all.awaitEvent("node", 2);
            one.awaitEvent("node", 1);
            data.run("update node_stats_cache set status = 'jailed' where node_id = '" + node + "'");
            all.awaitEvent("node", 3);
            data.run("update node_stats_cache set status = 'unhealthy'");

            assertThat(one.awaitEvent("node", 2).at("/stats/status").asString()).isEqualTo("unhealthy");
        }
    }

    @Test
    void resumesAfterLastEventId() throws Exception {
        String id;
        try (TestStreamClient first = TestStreamClient.open(gateway, query)) {
            first.awaitEvent("node", 1);
            id = first.lastEventId();
        }
        try (TestStreamClient other = TestStreamClient.open(gateway, query)) {
            other.awaitEvent("node", 1);
            data.run("update node_stats_cache set status = 'jailed'");
            other.awaitEvent("node", 2);
        }
        try (TestStreamClient again = TestStreamClient.open(gateway, query, "Last-Event-ID", id)) {
            assertThat(again.awaitEvent("node", 1).at("/stats/status").asString())
                    .isEqualTo("jailed");
            assertThat(again.lines()).doesNotContain("event: reset");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0-1", "zzzzzzzz-99999999999999999999"})
    void resetsAfterUnknownId(String id) throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query, "Last-Event-ID", id)) {
            stream.awaitEvent("node", 1);

            assertThat(stream.lines()).contains("event: reset");
        }
    }

    @Test
    void resetsAfterGap() throws Exception {
        String id;
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            data.run("update node_stats_cache set status = 'jailed'");
            stream.awaitEvent("node", 2);
            id = stream.lastEventId();
            data.run("update node_stats_cache set status = 'unhealthy'");
            stream.awaitEvent("node", 3);
        }
        awaitNoStreams();
        gateway.advanceCacheTime(Duration.ofSeconds(61));
        try (TestStreamClient again = TestStreamClient.open(gateway, query, "Last-Event-ID", id)) {
            again.awaitEvent("node", 1);

            assertThat(again.lines()).contains("event: reset");
        }
    }

    @Test
    void sendsCommentsWithoutEvents() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, query)) {
            stream.awaitEvent("node", 1);
            assertThat(stream.lines()).contains("retry: 3000");
            gateway.advanceCacheTime(Duration.ofSeconds(15));

            stream.awaitLine(": keep-alive");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identifier=", "identifier=gonka1x", "identifier=gonka1x&from=1"})
    void refusesInvalidParameters(String parameters) {
        assertThat(gateway.send("GET", "/api/v1/stream?" + parameters).statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesTooManyIdentifiers() {
        HttpResponse<String> response =
                gateway.send("GET", "/api/v1/stream?" + "identifier=gonka1a&".repeat(101) + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"parameter\":\"identifier\"", "102 times");
    }

    @Test
    void headOpensNoStream() {
        awaitNoStreams();
        HttpResponse<String> response = gateway.send("HEAD", "/api/v1/stream?" + query);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(gateway.bean(StreamLimiter.class).open()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "2, 3"})
    void clientAndTotalAreLimited(int total, int ofClient) throws Exception {
        try (TestGateway small = TestGateway.start(
                        database,
                        SteppedClock.at(NOW),
                        "--gateway.max-streams=" + total,
                        "--gateway.max-streams-per-client=" + ofClient);
                TestStreamClient one = TestStreamClient.open(small, query);
                TestStreamClient two = TestStreamClient.open(small, query)) {
            one.awaitEvent("node", 1);
            two.awaitEvent("node", 1);
            HttpResponse<String> refused = small.send("GET", "/api/v1/stream?" + query);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(refused.body()).contains("\"code\":\"too_many_streams\"");
        }
    }

    @Test
    void manyStreamsShareStatements() throws Exception {
        List<TestStreamClient> streams = new ArrayList<>();
        try {
            for (int i = 0; i < MANY_STREAMS; i++) {
                streams.add(TestStreamClient.open(gateway, query));
            }
            streams.forEach(stream -> stream.awaitEvent("node", 1));
            long begin = System.nanoTime();
            gateway.takeStatementCount();
            data.run("update node_stats_cache set status = 'jailed'");
            streams.forEach(stream -> stream.awaitEvent("node", 2));
            long statements = gateway.takeStatementCount();
            long seconds = NANOSECONDS.toSeconds(System.nanoTime() - begin);

            // One statement a second for all streams; for some seconds after a request, two for the version of the
            // data.
            assertThat(statements).isPositive().isLessThanOrEqualTo(4 * (seconds + 1));
        } finally {
            for (TestStreamClient stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void shutdownEndsStreams() throws Exception {
        TestGateway stopped = TestGateway.start(database, SteppedClock.at(NOW));
        try (TestStreamClient stream = TestStreamClient.open(stopped, query)) {
            stream.awaitEvent("node", 1);
            stopped.close();

            stream.awaitEnd();
        }
    }

    private void awaitNoStreams() {
        TestStreamClient.awaitOpen(gateway, 0);
    }
}
