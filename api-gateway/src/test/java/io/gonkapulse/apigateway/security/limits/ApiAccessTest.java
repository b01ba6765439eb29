package io.gonkapulse.apigateway.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.core.GatewayProperties.RateLimit;
import io.gonkapulse.apigateway.security.keys.KeysCommand;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@RealInfrastructure
class ApiAccessTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final TestDatabase database;

    @TempDir
    private Path folder = Path.of("");

    ApiAccessTest(TestDatabase database) {
        this.database = database;
        GatewayTestData.in(database);
    }

    @Test
    void limitsOneClientOnly() throws IOException {
        Path file = folder.resolve("keys");
        String key = runKeysCommand(file, "create", "portal", "--requests", "5");
        try (TestGateway gateway = gateway(
                "--gateway.rate-limit.requests=3",
                "--gateway.rate-limit.period=1h",
                "--gateway.keys-file=" + file,
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
        try (TestGateway gateway = gateway("--gateway.rate-limit.requests=1", "--gateway.rate-limit.period=1h")) {
            gateway.send("GET", "/api/v1/network");

            assertThat(gateway.send("GET", "/api/v1/network", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void pathSpellingsCannotBypassChecks() throws IOException {
        Path file = folder.resolve("keys");
        runKeysCommand(file, "create", "portal");
        try (TestGateway closed = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file);
                TestGateway limited = gateway("--gateway.rate-limit.requests=1", "--gateway.rate-limit.period=1h")) {
            limited.send("GET", "/api/v1/nodes");
            for (String path : List.of("/%61pi/v1/nodes", "/api;x=1/v1/nodes", "/ap%69;/v1;a=b/%6eodes;c")) {
                assertThat(closed.send("GET", path).statusCode()).as(path).isEqualTo(401);
                assertThat(limited.send("GET", path).statusCode()).as(path).isEqualTo(429);
            }
            for (String path : List.of("//api/v1/nodes", "/./api/v1/nodes", "/docs/../api/v1/nodes", "/API/v1/nodes")) {
                assertThat(closed.send("GET", path).statusCode()).as(path).isBetween(400, 499);
                assertThat(limited.send("GET", path).statusCode()).as(path).isBetween(400, 499);
            }
        }
    }

    @Test
    void requiresKeyUntilRevoked() throws IOException {
        Path file = folder.resolve("keys");
        String key = runKeysCommand(file, "create", "portal");
        assertThat(Files.readString(file)).doesNotContain(key).contains("portal ");
        assertThat(runKeysCommand(file, "list")).startsWith("portal  3000 per 60 s  since 2026-03-10T12:00:00Z");

        try (TestGateway gateway = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file)) {
            HttpResponse<String> anonymous = gateway.send("GET", "/api/v1/network");
            HttpResponse<String> known = gateway.send("GET", "/api/v1/network", "Authorization", "Bearer " + key);

            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", "gp_wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(known.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("private");

            FileTime before = Files.getLastModifiedTime(file);
            runKeysCommand(file, "revoke", "portal");
            Files.setLastModifiedTime(file, before);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void unknownKeyCountsAgainstAddress() throws IOException {
        Path file = folder.resolve("keys");
        String key = runKeysCommand(file, "create", "portal");
        for (boolean anonymousRead : List.of(true, false)) {
            try (TestGateway gateway = gateway(
                    "--gateway.anonymous-read=" + anonymousRead,
                    "--gateway.keys-file=" + file,
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
                assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key)
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void unreadableKeyFileKeepsAnonymousAccess() throws IOException {
        Path noFile = Files.createDirectory(folder.resolve("keys"));
        try (TestGateway gateway = gateway("--gateway.keys-file=" + noFile)) {
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(200);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", "gp_any")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void deletingKeyFileRevokesKeys() throws IOException {
        Path file = folder.resolve("keys");
        Path log = folder.resolve("log");
        String key = runKeysCommand(file, "create", "portal");
        try (TestGateway gateway = gateway("--gateway.keys-file=" + file, "--logging.file.name=" + log)) {
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);

            Files.delete(file);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(log)).contains("there is no file " + file + "; 1 keys are revoked");

            String other = runKeysCommand(file, "create", "portal");
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", other)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void ignoresAuthorizationSchemeCase() {
        Path file = folder.resolve("keys");
        String key = runKeysCommand(file, "create", "portal");
        try (TestGateway gateway = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file)) {
            for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
                assertThat(gateway.send("GET", "/api/v1/network", "Authorization", scheme + key)
                                .statusCode())
                        .as(scheme)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void refusesUnsupportedKeyLimit() throws IOException {
        Path file = folder.resolve("keys");
        assertThat(exitCode(file, "create", "fast", "--requests", "2000000000", "--per-seconds", "1"))
                .isNotZero();
        assertThat(exitCode(file, "create", "fast", "--rights", "everything")).isNotZero();
        assertThat(file).doesNotExist();

        String fast = runKeysCommand(file, "create", "fast", "--requests", "1000000000", "--per-seconds", "1");
        String good = runKeysCommand(file, "create", "good");
        Path log = folder.resolve("log");
        try (TestGateway gateway = gateway("--gateway.keys-file=" + file, "--logging.file.name=" + log)) {
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", fast).statusCode())
                    .isEqualTo(200);

            Files.writeString(file, Files.readString(file).replace(" 1000000000 ", " 2000000000 "));
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", good).statusCode())
                    .isEqualTo(200);
            Files.setLastModifiedTime(file, FileTime.from(NOW));
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", fast).statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(log)).contains("GATEWAY_KEYS_FILE, line 2: ");
        }
    }

    @Test
    void listShowsRights() {
        Path file = folder.resolve("keys");
        runKeysCommand(file, "create", "watcher", "--rights", "relays,trackers");

        assertThat(runKeysCommand(file, "list")).endsWith("since 2026-03-10T12:00:00Z  rights trackers,relays");
    }

    @Test
    void refusesUnknownAndDuplicateKeys() {
        Path file = folder.resolve("keys");
        runKeysCommand(file, "create", "portal");

        assertThat(exitCode(file, "create", "portal")).isNotZero();
        assertThat(exitCode(file, "create", "two words")).isNotZero();
        assertThat(exitCode(file, "revoke", "nobody")).isNotZero();
    }

    @Test
    void groupsIpv6Network() {
        var limit = new RateLimit(1, Duration.ofMinutes(1));
        List<RequestClient> clients = List.of(
                RequestClient.byAddress("2001:db8:1:2::1", limit),
                RequestClient.byAddress("2001:db8:1:2:ffff::9", limit),
                RequestClient.byAddress("2001:db8:1:3::1", limit),
                RequestClient.byAddress("192.0.2.1", limit));

        assertThat(clients.get(0)).isEqualTo(clients.get(1)).isNotEqualTo(clients.get(2));
        assertThat(clients.get(3).name()).isEqualTo("address 192.0.2.1");
    }

    private TestGateway gateway(String... settings) {
        return TestGateway.start(database, SteppedClock.at(NOW), settings);
    }

    private static String runKeysCommand(Path file, String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(command().setOut(new PrintWriter(out, true)).execute(withFile(file, arguments)))
                .isZero();
        return out.toString().strip();
    }

    private static int exitCode(Path file, String... arguments) {
        return command().setErr(new PrintWriter(new StringWriter())).execute(withFile(file, arguments));
    }

    private static CommandLine command() {
        return new CommandLine(new KeysCommand(InstantSource.fixed(NOW)));
    }

    private static String[] withFile(Path file, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--file", file.toString()))
                .toArray(String[]::new);
    }
}
