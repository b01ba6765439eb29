package io.gonkapulse.apigateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeBatchApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    /** A valid address that no node has. */
    private static final String UNKNOWN = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";

    private final GatewayTestData data;
    private final TestGateway gateway;

    NodeBatchApiTest(TestDatabase database) {
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
    void batchKeepsOrderOfRequest() {
        UUID first = data.node("gonka1a").stats("healthy", NOW).insert();
        data.insertNode("GONKA1B");
        data.insertNode("gonka1c");
        data.insertSettlement(first, 76, NOW.minusSeconds(600), "2251", "unclaimed", null);

        JsonNode batch = gateway.get("/api/v1/nodes?identifier=gonka1c&identifier=gonka1b&identifier=GONKA1A");

        assertThat(batch.get("items")
                        .valueStream()
                        .map(node -> node.get("identifier").asString()))
                .containsExactly("gonka1c", "GONKA1B", "gonka1a");
        assertThat(batch.get("total").asInt()).isEqualTo(3);
        assertThat(batch.get("nextCursor").isNull()).isTrue();
        assertThat(batch.at("/items/2")).isEqualTo(gateway.get("/api/v1/nodes").at("/items/1"));
    }

    @Test
    void batchNamesUnknownAndInvalidIdentifiers() {
        data.insertNode("not an address");
        data.insertNode("gonka1gone");
        data.run("update nodes set deleted_at = now() where identifier = 'gonka1gone'");

        JsonNode batch = gateway.get("/api/v1/nodes?identifier=not%20an%20address&identifier=gonka1gone&identifier="
                + UNKNOWN + "&identifier=xyz");

        assertThat(batch.get("items")).hasSize(1);
        assertThat(batch.get("unknown")).hasToString("[\"" + UNKNOWN + "\"]");
        assertThat(batch.get("invalid")).hasToString("[\"gonka1gone\",\"xyz\"]");
    }

    /** One damaged identifier of an imported list must not hide the others. */
    @ParameterizedTest
    @ValueSource(strings = {"gonka1a,", "gonka1a,gonka1b", " ", "", "\u0000", "gonka1\na"})
    void batchListsOddIdentifierAsInvalid(String odd) {
        data.insertNode("gonka1a");
        String parameter = "identifier=" + URLEncoder.encode(odd, UTF_8);

        JsonNode alone = gateway.get("/api/v1/nodes?" + parameter);
        JsonNode batch = gateway.get("/api/v1/nodes?" + parameter + "&identifier=%20gonka1a%20");

        assertThat(alone.get("items")).isEmpty();
        assertThat(batch.get("items")).hasSize(1);
        for (JsonNode answer : List.of(alone, batch)) {
            assertThat(answer.get("unknown")).isEmpty();
            assertThat(answer.get("invalid").valueStream().map(JsonNode::asString))
                    .containsExactly(odd.strip());
        }
    }

    @Test
    void batchListsLongIdentifierAsInvalid() {
        data.insertNode("gonka1a");

        JsonNode batch = gateway.get("/api/v1/nodes?identifier=gonka1a&identifier=" + "x".repeat(256));

        assertThat(batch.get("items")).hasSize(1);
        assertThat(batch.get("invalid")).hasSize(1);
    }

    @Test
    void batchListsRepeatedNodeOnce() {
        data.insertNode("gonka1a");

        JsonNode batch = gateway.get("/api/v1/nodes?identifier=gonka1a&identifier=GONKA1A&identifier=gonka1a&limit=1");

        assertThat(batch.get("items")).hasSize(1);
        assertThat(batch.get("unknown")).isEmpty();
        assertThat(batch.get("invalid")).isEmpty();
    }

    @Test
    void batchHasHundredNodes() {
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1' || number, 'wallet' from generate_series(1, 101) number");

        assertThat(gateway.get("/api/v1/nodes?" + identifiers(100)).get("items"))
                .hasSize(100);
        HttpResponse<String> refused = gateway.send("GET", "/api/v1/nodes?" + identifiers(101));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("expected at most 100 times, got 101 times");
    }

    @Test
    void batchRefusesFilters() {
        data.insertNode("gonka1a");

        for (String other : List.of("status=healthy", "q=gonka", "sort=identifier", "cursor=abc", "model=m")) {
            HttpResponse<String> refused = gateway.send("GET", "/api/v1/nodes?identifier=gonka1a&" + other);
            assertThat(refused.statusCode()).as(other).isEqualTo(400);
            assertThat(refused.body()).contains("does not combine with identifier");
        }
    }

    private static String identifiers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "identifier=gonka1" + number)
                .collect(Collectors.joining("&"));
    }
}
