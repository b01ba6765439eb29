package io.gonkapulse.apigateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.keys.KeysCommand;
import io.gonkapulse.apigateway.running.NetworkData;
import io.gonkapulse.apigateway.running.RunningGateway;
import io.gonkapulse.apigateway.settings.GatewayProperties.RateLimit;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.network.time.SteppedClock;
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
class LimitsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final TestDatabase database;

    @TempDir
    private Path folder = Path.of("");

    LimitsTest(TestDatabase database) {
        this.database = database;
        NetworkData.in(database);
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBackAndNobodyElseIs() throws IOException {
        Path file = folder.resolve("keys");
        String key = keys(file, "create", "portal", "--requests", "5");
        try (RunningGateway gateway = gateway(
                "--gateway.rate-limit.requests=3",
                "--gateway.rate-limit.per=1h",
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
    void aForwardedAddressIsNotBelievedUnlessAProxyIsTrusted() {
        try (RunningGateway gateway = gateway("--gateway.rate-limit.requests=1", "--gateway.rate-limit.per=1h")) {
            gateway.send("GET", "/api/v1/network");

            assertThat(gateway.send("GET", "/api/v1/network", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void noSpellingOfThePathGoesRoundKeysAndLimits() throws IOException {
        Path file = folder.resolve("keys");
        keys(file, "create", "portal");
        try (RunningGateway closed = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file);
                RunningGateway limited = gateway("--gateway.rate-limit.requests=1", "--gateway.rate-limit.per=1h")) {
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
    void withoutAnonymousReadingOnlyKnownKeysAreServedUntilTheyAreRevoked() throws IOException {
        Path file = folder.resolve("keys");
        String key = keys(file, "create", "portal");
        assertThat(Files.readString(file)).doesNotContain(key).contains("portal ");
        assertThat(keys(file, "list")).startsWith("portal  3000 per 60 s  since 2026-03-10T12:00:00Z");

        try (RunningGateway gateway = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file)) {
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
            keys(file, "revoke", "portal");
            Files.setLastModifiedTime(file, before);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whoGuessesKeysUsesUpTheLimitOfTheAddressAndNotThatOfAKey() throws IOException {
        Path file = folder.resolve("keys");
        String key = keys(file, "create", "portal");
        for (boolean anonymousRead : List.of(true, false)) {
            try (RunningGateway gateway = gateway(
                    "--gateway.anonymous-read=" + anonymousRead,
                    "--gateway.keys-file=" + file,
                    "--gateway.rate-limit.requests=2",
                    "--gateway.rate-limit.per=1h")) {
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
    void aFileOfKeysThatCannotBeReadLeavesTheOthersServed() throws IOException {
        Path noFile = Files.createDirectory(folder.resolve("keys"));
        try (RunningGateway gateway = gateway("--gateway.keys-file=" + noFile)) {
            assertThat(gateway.send("GET", "/api/v1/network").statusCode()).isEqualTo(200);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", "gp_any")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void removingTheFileRevokesItsKeys() throws IOException {
        Path file = folder.resolve("keys");
        Path log = folder.resolve("log");
        String key = keys(file, "create", "portal");
        try (RunningGateway gateway = gateway("--gateway.keys-file=" + file, "--logging.file.name=" + log)) {
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(200);

            Files.delete(file);
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", key).statusCode())
                    .isEqualTo(401);
            assertThat(Files.readString(log)).contains("there is no file " + file + "; 1 keys are revoked");

            String other = keys(file, "create", "portal");
            assertThat(gateway.send("GET", "/api/v1/network", "X-Api-Key", other)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void schemeOfAuthorizationIsReadInAnyCase() {
        Path file = folder.resolve("keys");
        String key = keys(file, "create", "portal");
        try (RunningGateway gateway = gateway("--gateway.anonymous-read=false", "--gateway.keys-file=" + file)) {
            for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
                assertThat(gateway.send("GET", "/api/v1/network", "Authorization", scheme + key)
                                .statusCode())
                        .as(scheme)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void keyBeyondTheLimiterIsRefused() throws IOException {
        Path file = folder.resolve("keys");
        assertThat(exitCode(file, "create", "fast", "--requests", "2000000000", "--per-seconds", "1"))
                .isNotZero();
        assertThat(exitCode(file, "create", "fast", "--rights", "everything")).isNotZero();
        assertThat(file).doesNotExist();

        String fast = keys(file, "create", "fast", "--requests", "1000000000", "--per-seconds", "1");
        String good = keys(file, "create", "good");
        Path log = folder.resolve("log");
        try (RunningGateway gateway = gateway("--gateway.keys-file=" + file, "--logging.file.name=" + log)) {
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
        keys(file, "create", "watcher", "--rights", "relays,trackers");

        assertThat(keys(file, "list")).endsWith("since 2026-03-10T12:00:00Z  rights trackers,relays");
    }

    @Test
    void aKeyThatIsNotThereCannotBeRevokedNorOneMadeTwice() {
        Path file = folder.resolve("keys");
        keys(file, "create", "portal");

        assertThat(exitCode(file, "create", "portal")).isNotZero();
        assertThat(exitCode(file, "create", "two words")).isNotZero();
        assertThat(exitCode(file, "revoke", "nobody")).isNotZero();
    }

    @Test
    void addressesOfOneSiteAreOneClient() {
        var limit = new RateLimit(1, Duration.ofMinutes(1));
        List<Client> clients = List.of(
                Client.at("2001:db8:1:2::1", limit),
                Client.at("2001:db8:1:2:ffff::9", limit),
                Client.at("2001:db8:1:3::1", limit),
                Client.at("192.0.2.1", limit));

        assertThat(clients.get(0)).isEqualTo(clients.get(1)).isNotEqualTo(clients.get(2));
        assertThat(clients.get(3).name()).isEqualTo("address 192.0.2.1");
    }

    private RunningGateway gateway(String... settings) {
        return RunningGateway.on(database, SteppedClock.at(NOW), settings);
    }

    private static String keys(Path file, String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(command().setOut(new PrintWriter(out, true)).execute(with(file, arguments)))
                .isZero();
        return out.toString().strip();
    }

    private static int exitCode(Path file, String... arguments) {
        return command().setErr(new PrintWriter(new StringWriter())).execute(with(file, arguments));
    }

    private static CommandLine command() {
        return new CommandLine(new KeysCommand(InstantSource.fixed(NOW)));
    }

    private static String[] with(Path file, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--file", file.toString()))
                .toArray(String[]::new);
    }
}
