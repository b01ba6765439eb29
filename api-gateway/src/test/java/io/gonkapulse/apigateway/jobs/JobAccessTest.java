package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.security.keys.TestKeyFile;
import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobAccessTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String JOBS = "/api/v1/jobs";
    private static final String HINT = "api-gateway keys create NAME --rights jobs";

    private final TestDatabase database;
    private final UUID job;
    private final String auditor;
    private final String watcher;
    private final TestGateway gateway;

    JobAccessTest(TestDatabase database, @TempDir Path folder) {
        this.database = database;
        job = JobTestData.in(database).job("nightly-backup", NOW).insert();
        TestKeyFile keys = new TestKeyFile(folder.resolve("keys"));
        auditor = keys.run("create", "auditor", "--rights", "jobs");
        watcher = keys.run("create", "watcher", "--rights", "trackers");
        gateway = TestGateway.start(database, SteppedClock.at(NOW), keys.setting());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/JOB", "/metrics", "/series", "/stages/summary", "?unknown=1"})
    void everyRouteNeedsRight(String route) {
        String path = JOBS + route.replace("JOB", job.toString());
        HttpResponse<String> anonymous = gateway.send("GET", path);
        HttpResponse<String> other = gateway.send("GET", path, "X-Api-Key", watcher);

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(anonymous.body()).contains("\"code\":\"key_required\"", HINT);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("\"code\":\"right_required\"", HINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%6aobs", "/%61pi/v1/jobs/metrics", "/api/v1/jobs;a=b", "/api/v1;a=b/jobs/series"})
    void otherSpellingsNeedRight(String path) {
        assertThat(gateway.send("GET", path).statusCode()).isNotEqualTo(200);
        assertThat(gateway.send("HEAD", path).statusCode()).isNotEqualTo(200);
    }

    @Test
    void keyWithRightReadsJobs() {
        HttpResponse<String> response = gateway.send("GET", JOBS, "X-Api-Key", auditor);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(job.toString());
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
        assertThat(response.headers().allValues("Vary").toString()).contains("Authorization", "X-Api-Key");
    }

    @Test
    void publicJobsNeedNoKey() {
        try (TestGateway open = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=trackers,jobs")) {
            HttpResponse<String> response = open.send("GET", JOBS);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("public");
        }
    }
}
