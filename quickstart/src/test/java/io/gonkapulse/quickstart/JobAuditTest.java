package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.jobreporter.cli.JobsMain;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit trail of jobs, as a newcomer finds it in the API. */
@Tag("process")
class JobAuditTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    private static Path home;

    private static QuickstartProcess quickstart;

    /** The first run has no job-recorder; the second one finds what the first one did. */
    @BeforeAll
    static void start() {
        try (QuickstartProcess first =
                QuickstartProcess.startAndAwaitReady(data(), "--nodes=3", "--without=job-recorder")) {
            first.awaitLine("all fetched");
            assertThat(first.outputText()).containsPattern("Schema of jobs +version \\d+, [1-9]\\d* applied now");
            assertThat(RunningProperties.read(data()).values()).doesNotContainKey("job-recorder.url");
            JsonNode none = first.api().get("/api/v1/jobs");
            assertThat(none.get("items")).isEmpty();
            assertThat(none.get("total").asInt()).isZero();
            first.terminate();
        }
        quickstart = QuickstartProcess.startAndAwaitReady(data(), "--nodes=3");
    }

    @AfterAll
    static void stop() {
        try (QuickstartProcess running = quickstart) {
            running.terminate();
            assertThat(running.outputText()).containsPattern("Job recorder +stopped");
        }
    }

    @Test
    void showsPollsOfBothRuns() {
        eventually(() -> {
            assertThat(total("tracker.backfill")).isEqualTo(ServiceSteps.PAST_EPOCHS);
            assertThat(total("tracker.poll")).isGreaterThanOrEqualTo(2);
        });
        JsonNode poll = job(newest("tracker.poll"));
        assertThat(poll.get("state").asString()).isEqualTo("succeeded");
        assertThat(poll.at("/result/outcome").asString()).isEqualTo("ok");
        assertThat(poll.get("stages")
                        .valueStream()
                        .map(stage -> stage.get("name").asString()))
                .containsExactly("fetch", "parse", "publish");
    }

    @Test
    void showsMigrationsOfBothSchemas() {
        eventually(() -> assertThat(quickstart
                        .api()
                        .get("/api/v1/jobs?bot=migrations.migrate&limit=100")
                        .get("items")
                        .valueStream()
                        .map(migration -> migration.at("/meta/module").asString()))
                .contains("tracker", "audit"));
        assertThat(newest("migrations.migrate").get("state").asString()).isEqualTo("succeeded");
    }

    /** As the console says, without a key. */
    @Test
    void showsReportedJob() {
        String url = RunningProperties.read(data()).values().getOrDefault("job-recorder.url", "");
        assertThat(quickstart.outputText())
                .contains("JOBS_URL=" + url + " java -jar dist/jobs.jar run --bot hello -- sleep 3");
        try (ProgramProcess program = ProgramProcess.of(JobsMain.class)
                .environment(Map.of("JOBS_URL", url, "JOBS_CLOSE_TIMEOUT", "60s"))
                .arguments("run", "--bot", "hello", "--", "sleep", "0.1")
                .start()) {
            assertThat(program.exitCode()).as(program::outputText).isZero();
        }
        eventually(() -> assertThat(newest("hello").get("state").asString()).isEqualTo("succeeded"));
        assertThat(newest("hello").get("runMs").asLong()).isPositive();
    }

    private static int total(String bot) {
        return quickstart.api().get("/api/v1/jobs?bot=" + bot).get("total").asInt();
    }

    private static JsonNode newest(String bot) {
        JsonNode items = quickstart.api().get("/api/v1/jobs?limit=1&bot=" + bot).get("items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static JsonNode job(JsonNode listed) {
        return quickstart.api().get("/api/v1/jobs/" + listed.get("jobId").asString());
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).untilAsserted(assertions);
    }

    private static Path data() {
        return home.resolve("data");
    }
}
