package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestIdTest {

    private static final String HEADER = "X-Request-Id";

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final TestDatabase database;
    private final TestGateway gateway;
    private final Path log;

    RequestIdTest(TestDatabase database, @TempDir Path folder) {
        this.database = database;
        GatewayTestData.in(database);
        log = folder.resolve("log");
        gateway = TestGateway.start(
                database,
                SteppedClock.at(NOW),
                "--gateway.cors-allowed-origins=https://portal.example",
                "--logging.file.name=" + log,
                "--logging.pattern.file=${logging.pattern.console}",
                "--logging.level.org.springframework.web.servlet.DispatcherServlet=debug");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/nodes, 200",
        "/api/v1/nodes?limit=0, 400",
        "/api/v1/nodes/gonka1x, 404",
        "/nowhere, 404",
        "/, 200",
        "/actuator/health/liveness, 200"
    })
    void everyResponseHasId(String path, int status) {
        HttpResponse<String> response = gateway.send("GET", path, HEADER, "one.two_3-x");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues(HEADER)).containsExactly("one.two_3-x");
    }

    @Test
    void notModifiedHasId() {
        assertThat(gateway.send("GET", "/api/v1/nodes", "If-None-Match", "*", HEADER, "same")
                        .headers()
                        .firstValue(HEADER))
                .hasValue("same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<x>", "12345678901234567890123456789012345678901234567890123456789012345"})
    void replacesInvalidId(String sent) {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/nodes", HEADER, sent);

        assertThat(response.statusCode()).isEqualTo(200);
        String id = response.headers().firstValue(HEADER).orElseThrow();
        assertThat(UUID.fromString(id)).hasToString(id);
    }

    @Test
    void problemShowsId() {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/nodes/gonka1x", HEADER, "mine");

        assertThat(new JsonMapper().readTree(response.body()).get("id").asString())
                .isEqualTo("mine");
    }

    @Test
    void refusalOfRateLimitHasId() {
        TestGateway limited = TestGateway.start(
                database, SteppedClock.at(NOW), "--gateway.rate-limit.requests=1", "--gateway.rate-limit.period=1h");
        try (limited) {
            limited.send("GET", "/api/v1/network", HEADER, "first");
            HttpResponse<String> response = limited.send("GET", "/api/v1/network", HEADER, "last");

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue(HEADER)).hasValue("last");
            assertThat(response.body()).contains("\"code\":\"rate_limited\"", "\"id\":\"last\"");
        }
    }

    @Test
    void refusalOfOriginIsProblem() {
        HttpResponse<String> response =
                gateway.send("GET", "/api/v1/network", "Origin", "https://other.example", HEADER, "foreign");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"origin_not_allowed\"", "\"id\":\"foreign\"");
    }

    @Test
    void logNamesId() throws IOException {
        gateway.send("GET", "/actuator/info", HEADER, "logged");

        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("GET \"/actuator/info\""))
                .singleElement()
                .asString()
                .endsWith(" [logged]");
    }

    @Test
    void logOutsideOfRequestHasNoId() throws IOException {
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("Tomcat started"))
                .allMatch(line -> !line.endsWith("]"))
                .isNotEmpty();
    }
}
