package io.gonkapulse.apigateway.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.security.keys.TestKeyFile;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiAccessTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final TestDatabase database;
    private final TestKeyFile closedKeys;
    /** Serves only requests with a key. */
    private final TestGateway closed;
    /** Serves one request of an address without a key. */
    private final TestGateway limited;

    @TempDir
    private Path folder = Path.of("");

    ApiAccessTest(TestDatabase database, @TempDir Path closedFolder) {
        this.database = database;
        GatewayTestData.in(database);
        closedKeys = new TestKeyFile(closedFolder.resolve("keys"));
        closed = gateway("--gateway.anonymous-read=false", closedKeys.setting());
        limited = gateway("--gateway.rate-limit.requests=1", "--gateway.rate-limit.period=1h");
    }

    @AfterAll
    void stop() {
        closed.close();
        limited.close();
    }

    @Test
    void limitsOneClientOnly() {
        TestKeyFile keys = keyFile();
        String key = keys.run("create", "portal", "--requests", "5");
        try (TestGateway gateway = gateway(
                "--gateway.rate-limit.requests=3",
                "--gateway.rate-limit.period=1h",
                keys.setting(),
                "--server.forward-headers-strategy=native")) {
            HttpResponse<String> first = gateway.send("GET", "/api/v1/network");
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=3;w=3600");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"default\";r=2;t=");
            gateway.send("GET", "/api/v1/network");
            gateway.send("GET", "/api/v1/network");
            HttpResponse<String> refused = gateway.send("GET", "/api/v1/network");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 1200);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.send("GET", "/actuator/health/liveness").statusCode())
                    .isEqualTo(200);
            assertThat(gateway.send("GET", "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void ignoresUntrustedForwardedAddress() {
        limited.send("GET", "/api/v1/network");

        assertThat(limited.send("GET", "/api/v1/network", "X-Forwarded-For", "203.0.113.9")
                        .statusCode())
                .isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61pi/v1/nodes", "/api;x=1/v1/nodes", "/ap%69;/v1;a=b/%6eodes;c"})
    void otherSpellingsAreChecked(String path) {
        limited.send("GET", "/api/v1/nodes");

        assertThat(closed.send("GET", path).statusCode()).isEqualTo(401);
        assertThat(limited.send("GET", path).statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/v1/nodes", "/./api/v1/nodes", "/docs/../api/v1/nodes", "/API/v1/nodes"})
    void similarPathsAreNotServed(String path) {
        assertThat(closed.send("GET", path).statusCode()).isBetween(400, 499);
        assertThat(limited.send("GET", path).statusCode()).isBetween(400, 499);
    }

    @Test
    void requiresKey() {
        String key = closedKeys.run("create", "portal");

        HttpResponse<String> anonymous = closed.send("GET", "/api/v1/network");
        HttpResponse<String> unknown = closed.send("GET", "/api/v1/network", "X-Api-Key", "gp_wrong");
        HttpResponse<String> known = closed.send("GET", "/api/v1/network", "Authorization", "Bearer " + key);

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(anonymous.body()).contains("\"code\":\"key_required\"");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).contains("\"code\":\"key_unknown\"");
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
    }

    @Test
    void refusesRevokedKeyImmediately() throws IOException {
        String key = closedKeys.run("create", "revoked");
        assertThat(closed.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                .isEqualTo(200);

        FileTime before = Files.getLastModifiedTime(closedKeys.path());
        closedKeys.run("revoke", "revoked");
        Files.setLastModifiedTime(closedKeys.path(), before);

        assertThat(closed.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unknownKeyCountsAgainstAddress(boolean anonymousRead) {
        TestKeyFile keys = keyFile();
        String key = keys.run("create", "portal");
        try (TestGateway gateway = gateway(
                "--gateway.anonymous-read=" + anonymousRead,
                keys.setting(),
                "--gateway.rate-limit.requests=2",
                "--gateway.rate-limit.period=1h")) {
            for (String wrong : List.of("gp_one", "gp_two")) {
                assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", wrong)
                                .statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> third = gateway.send("GET", "/api/v1/network", "X-Api-Key", "gp_three");

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(429);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void unreadableKeyFileKeepsAnonymousAccess() throws IOException {
        Path noFile = Files.createDirectory(folder.resolve("keys"));
        try (TestGateway gateway = gateway(new TestKeyFile(noFile).setting())) {
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(200);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", "gp_any")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void deletingKeyFileRevokesKeys() throws IOException {
        TestKeyFile keys = keyFile();
        Path log = folder.resolve("log");
        String key = keys.run("create", "portal");
        try (TestGateway gateway = gateway(keys.setting(), "--logging.file.name=" + log)) {
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);

            Files.delete(keys.path());
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(log)).contains("there is no file " + keys.path() + "; 1 keys are revoked");

            String other = keys.run("create", "portal");
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", other)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void ignoresAuthorizationSchemeCase() {
        String key = closedKeys.run("create", "bearer");
        for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
            assertThat(closed.send("GET", "/api/v1/network", "Authorization", scheme + key)
                            .statusCode())
                    .as(scheme)
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesUnsupportedKeyLimit() throws IOException {
        TestKeyFile keys = keyFile();
        String fast = keys.run("create", "fast", "--requests", "1000000000", "--per-seconds", "1");
        String good = keys.run("create", "good");
        Path log = folder.resolve("log");
        try (TestGateway gateway = gateway(keys.setting(), "--logging.file.name=" + log)) {
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", fast).statusCode())
                    .isEqualTo(200);

            Files.writeString(keys.path(), Files.readString(keys.path()).replace(" 1000000000 ", " 2000000000 "));
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", good).statusCode())
                    .isEqualTo(200);
            Files.setLastModifiedTime(keys.path(), FileTime.from(NOW));
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", fast).statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(log)).contains("GATEWAY_KEYS_FILE, line 2: ");
        }
    }

    private TestKeyFile keyFile() {
        return new TestKeyFile(folder.resolve("keys"));
    }

    private TestGateway gateway(String... settings) {
        return TestGateway.start(database, SteppedClock.at(NOW), settings);
    }
}
