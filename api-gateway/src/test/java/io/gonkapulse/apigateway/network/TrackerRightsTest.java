package io.gonkapulse.apigateway.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.security.keys.KeysCommand;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@RealInfrastructure
class TrackerRightsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String TRACKERS = "/api/v1/trackers";
    private static final String[] INTERNALS = {"poller-1", "tracker.example", "connect timed out"};

    private final TestDatabase database;

    @TempDir
    private Path folder = Path.of("");

    TrackerRightsTest(TestDatabase database) {
        this.database = database;
        GatewayTestData data = GatewayTestData.in(database);
        data.clear();
        data.insertTracker("one", NOW, 4000L, NOW);
        data.run("update trackers set outcome = 'failed', error = 'connect timed out'");
    }

    @Test
    void internalsRequireRight() {
        String watcher = createKey("watcher", "trackers");
        String portal = createKey("portal", "jobs,relays");
        try (TestGateway gateway = gateway("--gateway.keys-file=" + folder.resolve("keys"))) {
            HttpResponse<String> internal = gateway.send("GET", TRACKERS, "X-Api-Key", watcher);
            HttpResponse<String> anonymous = gateway.send("GET", TRACKERS);
            HttpResponse<String> other = gateway.send("GET", TRACKERS, "X-Api-Key", portal);

            assertThat(internal.body()).contains(INTERNALS);
            assertThat(anonymous.body())
                    .doesNotContain(INTERNALS)
                    .contains("\"name\":\"one\"", "\"owner\":null", "\"url\":null", "\"error\":null")
                    .contains("\"outcome\":\"failed\"");
            assertThat(other.body()).isEqualTo(anonymous.body());
        }
    }

    @Test
    void cachesEachViewSeparately() {
        String watcher = createKey("watcher", "trackers");
        try (TestGateway gateway = gateway("--gateway.keys-file=" + folder.resolve("keys"))) {
            HttpResponse<String> internal = gateway.send("GET", TRACKERS, "Authorization", "Bearer " + watcher);
            HttpResponse<String> anonymous = gateway.send("GET", TRACKERS);

            assertThat(header(internal, "Vary")).contains("Authorization", "X-Api-Key");
            assertThat(header(anonymous, "Vary")).contains("Authorization", "X-Api-Key");
            assertThat(header(internal, "Cache-Control")).contains("private");
            assertThat(header(anonymous, "Cache-Control")).contains("public");
            assertThat(header(internal, "ETag")).isNotEqualTo(header(anonymous, "ETag"));
            assertThat(gateway.send("GET", TRACKERS, "If-None-Match", header(internal, "ETag"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.send("GET", TRACKERS, "If-None-Match", header(anonymous, "ETag"))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void publicInternalsNeedNoKey() {
        try (TestGateway gateway = gateway("--gateway.public=trackers,jobs")) {
            assertThat(gateway.send("GET", TRACKERS).body()).contains(INTERNALS);
        }
    }

    private TestGateway gateway(String setting) {
        return TestGateway.start(database, SteppedClock.at(NOW), "--gateway.cache-ttl=10s", setting);
    }

    private String createKey(String name, String rights) {
        StringWriter out = new StringWriter();
        int exitCode = new CommandLine(new KeysCommand(InstantSource.fixed(NOW)))
                .setOut(new PrintWriter(out, true))
                .execute(
                        "create",
                        name,
                        "--rights",
                        rights,
                        "--file",
                        folder.resolve("keys").toString());
        assertThat(exitCode).isZero();
        return out.toString().strip();
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }
}
