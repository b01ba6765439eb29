package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CsvApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final GatewayTestData data;
    private final TestGateway gateway;

    CsvApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW));
    }

    @BeforeAll
    void insertNodes() {
        UUID id = data.node("gonka1a")
                .displayName("=HYPERLINK(\"x\")")
                .stats("healthy", NOW)
                .insert();
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251", "unclaimed", null);
        data.insertHealth(id, Instant.parse("2026-03-10T10:00:00Z"), 0b1111, 0b0100, 0b1000);
        data.insertNode("gonka1never");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes, nodes.csv, 3",
        "/nodes?identifier=gonka1a, nodes.csv, 2",
        "/nodes/gonka1a/epochs, epochs-gonka1a.csv, 3",
        "/nodes/gonka1a/health, health-gonka1a.csv, 2",
        "/nodes/gonka1a/earnings, earnings-gonka1a.csv, 2",
        "/epochs, epochs.csv, 3",
        "/earnings, earnings.csv, 2"
    })
    void hasFileNameAndRows(String path, String fileName, int lines) {
        HttpResponse<String> csv = gateway.send("GET", "/api/v1" + path, "Accept", "text/csv");

        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + fileName + '"');
        assertThat(csv.headers().allValues("Vary")).contains("Accept");
        assertThat(csv.body().lines()).hasSize(lines);
        List<Integer> commas = csv.body()
                .lines()
                .map(line -> line.replaceAll("\"[^\"]*\"", ""))
                .map(line -> line.replaceAll("[^,]", "").length())
                .distinct()
                .toList();
        assertThat(commas).hasSize(1);
    }

    @Test
    void guardsDisplayNames() {
        String csv = gateway.send("GET", "/api/v1/nodes", "Accept", "text/csv").body();

        assertThat(csv).contains("gonka1a,wallet,\"'=HYPERLINK(\"\"x\"\")\",");
    }

    @Test
    void linksNextPage() {
        String path = "/api/v1/nodes?limit=1&q=gonka1";
        String target = nextPage(path);

        assertThat(gateway.send("GET", path, "Accept", "text/csv").headers().firstValue("Link"))
                .hasValue('<' + target + ">; rel=\"next\"");
        assertThat(target).startsWith("/api/v1/nodes?");
        assertThat(gateway.send("GET", target, "Accept", "text/csv").body()).contains("gonka1never");
        assertThat(gateway.send("GET", target, "Accept", "text/csv").headers().firstValue("Link"))
                .isEmpty();
    }

    @Test
    void linkKeepsReservedCharacters() {
        data.run("insert into nodes (identifier, identifier_type, display_name) "
                + "select 'odd node ' || number, 'wallet', 'a+b {x} & y' from generate_series(1, 2) number");
        try {
            String target = nextPage("/api/v1/nodes?limit=1&q=a%2Bb%20%7Bx%7D%20%26%20y");

            assertThat(gateway.send("GET", target, "Accept", "text/csv").body())
                    .contains("odd node 2")
                    .doesNotContain("odd node 1");
        } finally {
            data.run("delete from nodes where identifier like 'odd node %'");
        }
    }

    @Test
    void linkKeepsEncodedPath() {
        UUID id = data.insertNode("odd node");
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "8", "claimed", null);
        try {
            String target = nextPage("/api/v1/nodes/odd%20node/epochs?limit=1");

            assertThat(gateway.send("GET", target, "Accept", "text/csv").body())
                    .contains("\r\n75,")
                    .doesNotContain("\r\n76,");
        } finally {
            data.run("delete from nodes where identifier = 'odd node'");
        }
    }

    private String nextPage(String path) {
        String link = gateway.send("GET", path, "Accept", "text/csv")
                .headers()
                .firstValue("Link")
                .orElseThrow();
        return link.substring(1, link.indexOf('>'));
    }

    @Test
    void matchesJson() {
        JsonNode node = gateway.get("/api/v1/nodes").at("/items/0");
        String[] csv = gateway.send("GET", "/api/v1/nodes", "Accept", "text/csv")
                .body()
                .split("\r\n", -1);
        List<String> names = List.of(csv[0].split(",", -1));
        List<String> values = List.of(csv[1].replaceAll("\"[^\"]*\"", "").split(",", -1));

        assertThat(values.get(names.indexOf("unclaimedNgonka")))
                .isEqualTo(node.at("/rewards/unclaimedNgonka").asString());
        assertThat(values.get(names.indexOf("claimBeforeEpoch")))
                .isEqualTo(node.at("/rewards/claimBefore/epoch").asString());
        assertThat(values.get(names.indexOf("earningsTotal")))
                .isEqualTo(node.at("/stats/earningsTotal").asString());
        assertThat(values.get(names.indexOf("fetchedAt")))
                .isEqualTo(node.at("/stats/fetchedAt").asString());
    }
}
