package io.gonkapulse.apigateway.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.security.keys.TestKeyFile;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackerRightsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String TRACKERS = "/api/v1/trackers";
    private static final String[] INTERNALS = {"poller-1", "tracker.example", "connect timed out"};

    private final TestDatabase database;
    private final String watcher;
    private final String portal;
    private final TestGateway gateway;

    TrackerRightsTest(TestDatabase database, @TempDir Path folder) {
        this.database = database;
        GatewayTestData data = GatewayTestData.in(database);
        data.insertTracker("one", NOW, 4000L, NOW);
        data.run("update trackers set outcome = 'failed', error = 'connect timed out'");
        TestKeyFile keys = new TestKeyFile(folder.resolve("keys"));
        watcher = keys.run("create", "watcher", "--rights", "trackers");
        portal = keys.run("create", "portal", "--rights", "jobs,relays");
        gateway = startGateway(keys.setting());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void internalsRequireRight() {
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

    @Test
    void cachesEachViewSeparately() {
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

    @Test
    void publicInternalsNeedNoKey() {
        try (TestGateway open = startGateway("--gateway.public=trackers,jobs")) {
            assertThat(open.send("GET", TRACKERS).body()).contains(INTERNALS);
        }
    }

    private TestGateway startGateway(String setting) {
        return TestGateway.start(database, SteppedClock.at(NOW), "--gateway.cache-ttl=10s", setting);
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }
}
