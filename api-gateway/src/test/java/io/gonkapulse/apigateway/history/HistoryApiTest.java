package io.gonkapulse.apigateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final GatewayTestData data;
    private final TestGateway gateway;

    HistoryApiTest(TestDatabase database) {
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
    void returnsLargestWeightOfBucket() {
        UUID id = data.insertNode("gonka1a");
        data.run("insert into node_daily (node_id, day, epoch, weight) values ('" + id + "', '2026-03-08', 75, 30), ('"
                + id + "', '2026-03-08', 76, 20), ('" + id + "', '2026-03-10', 77, 40)");

        assertThat(gateway.get("/api/v1/nodes/gonka1a/history?metric=weight"))
                .hasToString("{\"identifier\":\"gonka1a\",\"metric\":\"weight\",\"interval\":\"day\","
                        + "\"from\":\"2026-02-09\",\"to\":\"2026-03-10\",\"historyStart\":\"2026-03-08\","
                        + "\"items\":[{\"date\":\"2026-03-08\",\"from\":\"2026-03-08\",\"to\":\"2026-03-08\","
                        + "\"complete\":true,\"value\":30,\"seenMinutes\":null},"
                        + "{\"date\":\"2026-03-10\",\"from\":\"2026-03-10\",\"to\":\"2026-03-10\","
                        + "\"complete\":false,\"value\":40,\"seenMinutes\":null}]}");
        assertThat(gateway.get("/api/v1/nodes/gonka1a/history?interval=month")
                        .at("/items/0/value")
                        .asInt())
                .isEqualTo(40);
    }

    @Test
    void sumsInferencesOfBucket() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, LocalDate.parse("2026-03-09"), "1", "settled");
        data.insertEarnings(id, LocalDate.parse("2026-03-10"), "1", "settled");
        data.run("update earnings_history set inferences = extract(day from date)");

        JsonNode weeks = gateway.get("/api/v1/nodes/gonka1a/history?metric=inferences&interval=week");

        assertThat(weeks.get("items")).hasSize(1);
        assertThat(weeks.at("/items/0/value").asInt()).isEqualTo(19);
    }

    @Test
    void uptimeIsOfSeenMinutes() {
        UUID id = data.insertNode("gonka1a");
        data.insertHealth(id, Instant.parse("2026-03-09T23:00:00Z"), 0b1111, 0b0001, 0);
        data.insertHealth(id, Instant.parse("2026-03-10T00:00:00Z"), 0b1, 0, 0b1);

        JsonNode days = gateway.get("/api/v1/nodes/gonka1a/history?metric=uptime");

        assertThat(days.get("historyStart").asString()).isEqualTo("2026-03-09");
        assertThat(days.at("/items/0/value").asInt()).isEqualTo(75);
        assertThat(days.at("/items/0/seenMinutes").asInt()).isEqualTo(4);
        assertThat(days.at("/items/1/value").asInt()).isZero();
    }

    @Test
    void networkHasDaysOfAllNodes() {
        data.run(
                "insert into network_daily (day, participants, weight, inferences, seen_minutes, healthy_minutes) values "
                        + "('2026-03-09', 12, 500, 7, 100, 90), ('2026-03-10', 13, null, null, 0, 0)");

        JsonNode weights = gateway.get("/api/v1/network/history?metric=weight");
        JsonNode uptime = gateway.get("/api/v1/network/history?metric=uptime&interval=month");
        JsonNode participants = gateway.get("/api/v1/network/history?metric=participants&interval=month");

        assertThat(weights.has("identifier")).isFalse();
        assertThat(weights.get("items")).hasSize(1);
        assertThat(weights.at("/items/0/value").asInt()).isEqualTo(500);
        assertThat(weights.get("historyStart").asString()).isEqualTo("2026-03-09");
        assertThat(uptime.at("/items/0/value").asInt()).isEqualTo(90);
        assertThat(uptime.at("/items/0/seenMinutes").asInt()).isEqualTo(100);
        assertThat(participants.at("/items/0/value").asInt()).isEqualTo(13);
    }

    @Test
    void participantsBeginWithWeights() {
        data.run("insert into network_daily (day, participants, weight, inferences) values "
                + "('2026-03-08', 0, null, 5), ('2026-03-09', 12, 500, 7)");

        JsonNode participants = gateway.get("/api/v1/network/history?metric=participants");

        assertThat(participants.get("items")).hasSize(1);
        assertThat(participants.at("/items/0/value").asInt()).isEqualTo(12);
        assertThat(participants.get("historyStart").asString()).isEqualTo("2026-03-09");
    }

    @Test
    void emptyHistoryHasNoStart() {
        data.insertNode("gonka1a");

        for (String route : List.of("/api/v1/nodes/gonka1a/history", "/api/v1/network/history")) {
            for (String metric : List.of("weight", "inferences", "uptime")) {
                JsonNode history = gateway.get(route + "?metric=" + metric);
                assertThat(history.get("items")).isEmpty();
                assertThat(history.get("historyStart").isNull()).isTrue();
            }
        }
    }

    @Test
    void refusesUnknownMetric() {
        data.insertNode("gonka1a");

        HttpResponse<String> ofNode = gateway.send("GET", "/api/v1/nodes/gonka1a/history?metric=participants");
        HttpResponse<String> ofNetwork = gateway.send("GET", "/api/v1/network/history?metric=colour");

        assertThat(ofNode.statusCode()).isEqualTo(400);
        assertThat(ofNode.body()).contains("one of inferences, uptime, weight");
        assertThat(ofNetwork.statusCode()).isEqualTo(400);
    }
}
