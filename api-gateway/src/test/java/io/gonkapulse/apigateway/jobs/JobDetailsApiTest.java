package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.apigateway.support.TestJobBuilder;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobDetailsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant ACCEPTED = Instant.parse("2026-03-10T11:00:00Z");
    private static final String BOT = "nightly-backup";

    private final JobTestData data;
    private final TestGateway gateway;

    JobDetailsApiTest(TestDatabase database) {
        data = JobTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=jobs");
    }

    @BeforeEach
    void clear() {
        data.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private JsonNode get(UUID job) {
        return gateway.get("/api/v1/jobs/" + job);
    }

    @Test
    void showsEveryField() {
        UUID parent = TestJobBuilder.idOf(ACCEPTED, 5);
        JsonNode job = get(data.job(BOT, ACCEPTED)
                .ended("failed", ACCEPTED.plusSeconds(2), 500)
                .createdBy("ops")
                .parent(parent)
                .meta("{\"database\": \"orders\", \"ageSeconds\": -9223372036854775808}")
                .result("{\"bytes\": 123456789012345678901234567890}")
                .insert());

        assertThat(job.get("botId").asString()).isEqualTo(BOT);
        assertThat(job.get("state").asString()).isEqualTo("failed");
        assertThat(job.get("firstTime").asString()).isEqualTo("2026-03-10T11:00:00Z");
        assertThat(job.get("acceptedAt").asString()).isEqualTo("2026-03-10T11:00:00Z");
        assertThat(job.get("startedAt").asString()).isEqualTo("2026-03-10T11:00:02Z");
        assertThat(job.get("finishedAt").asString()).isEqualTo("2026-03-10T11:00:02.500Z");
        assertThat(job.get("queueMs").asLong()).isEqualTo(2_000);
        assertThat(job.get("runMs").asLong()).isEqualTo(500);
        assertThat(job.get("totalMs").asLong()).isEqualTo(2_500);
        assertThat(job.get("durationSource").asString()).isEqualTo("monotonic");
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(job.get("createdBy")).hasToString("""
                {"name":"ops","role":"admin","at":"2026-03-10T11:00:00Z"}""");
        assertThat(job.get("parentId").asString()).isEqualTo(parent.toString());
        assertThat(job.at("/meta/database").asString()).isEqualTo("orders");
        assertThat(job.at("/result/bytes").bigIntegerValue()).hasToString("123456789012345678901234567890");
        assertThat(job.get("error")).hasToString("""
                {"name":"IOException","message":"exit code 1"}""");
        assertThat(job.get("errorMessage").asString()).isEqualTo("exit code 1");
        assertThat(job.get("conflicting").asBoolean()).isFalse();
        assertThat(job.get("outcomes")).hasToString("""
                [{"state":"failed","at":"2026-03-10T11:00:02.500Z","by":"executor","source":"backup-host"}]""");
        assertThat(job.get("lost").asBoolean()).isFalse();
        assertThat(job.get("origin").asString()).isEqualTo("reported");
        assertThat(job.get("stages").isEmpty()).isTrue();
    }

    @Test
    void showsConflictingOutcomes() {
        JsonNode job = get(data.job(BOT, ACCEPTED)
                .ended("succeeded", ACCEPTED, 500)
                .canceledInQueue(ACCEPTED.plusSeconds(1))
                .insert());

        assertThat(job.get("state").asString()).isEqualTo("succeeded");
        assertThat(job.get("conflicting").asBoolean()).isTrue();
        assertThat(job.at("/outcomes/1/state").asString()).isEqualTo("canceled");
        assertThat(job.at("/outcomes/1/by").asString()).isEqualTo("queue");
        assertThat(job.get("cancelRequested")).hasToString("""
                {"by":"ops","at":"2026-03-10T11:00:01Z"}""");
    }

    @Test
    void showsLostJob() {
        JsonNode job = get(data.job(BOT, ACCEPTED).lost(ACCEPTED).insert());

        assertThat(job.get("state").asString()).isEqualTo("failed");
        assertThat(job.get("lost").asBoolean()).isTrue();
        assertThat(job.get("durationSource").asString()).isEqualTo("lease");
        assertThat(job.get("errorMessage").asString()).isEqualTo("No sign of life until the end of the lease");
        assertThat(job.at("/outcomes/0/by").asString()).isEqualTo("recorder");
    }

    @Test
    void endsStagesWithoutReport() {
        UUID id = data.job(BOT, ACCEPTED).ended("failed", ACCEPTED, 10_000).insert();
        data.insertStage(id, 1, "dump", ACCEPTED, "succeed", 1_000);
        data.insertStage(id, 2, "copy", ACCEPTED.plusSeconds(1), "", 0);
        data.insertStage(id, 3, "send", ACCEPTED.plusSeconds(4), "", 0);

        JsonNode stages = get(id).get("stages");

        assertThat(stages.findValuesAsString("endedBy")).containsExactly("reported", "next_stage", "job");
        assertThat(stages.findValuesAsString("status")).containsExactly("succeed", "succeed", "fail");
        assertThat(stages.findValuesAsString("durationMs")).containsExactly("1000", "3000", "6000");
        assertThat(stages.at("/0/meta/table").asString()).isEqualTo("orders");
    }

    /** A job may report 1,000 stages of 16 kB. */
    @Test
    void objectsOfStagesAreBounded() {
        UUID id = data.job(BOT, ACCEPTED).ended("succeeded", ACCEPTED, 10_000).insert();
        data.run("insert into audit.job_stages (job_id, attempt, stage_no, stage_name, started_at, meta, error_stack) "
                + "select '" + id + "', 1, no, 'load', timestamptz '2026-03-10T11:00:00Z' + no * interval '1 ms', "
                + "jsonb_build_object('text', repeat('x', 9988)), repeat('s', 1000) from generate_series(1, 1001) no");

        JsonNode job = get(id);
        JsonNode stages = job.get("stages");

        assertThat(stages.size()).isEqualTo(1_000);
        assertThat(stages.at("/99/meta/text").asString()).hasSize(9_988);
        assertThat(stages.at("/100/meta")).hasToString("{\"bytes\":10000,\"truncated\":true}");
        assertThat(stages.at("/99/error/stack").asString()).hasSize(1_000);
        assertThat(stages.at("/100/error").isNull()).isTrue();
    }

    @Test
    void stageOfRunningJobRuns() {
        UUID id = data.job(BOT, ACCEPTED).running(ACCEPTED).insert();
        data.insertStage(id, 1_234_567, "dump", ACCEPTED, "", 0);

        JsonNode stage = get(id).get("stages").get(0);

        assertThat(stage.get("status").asString()).isEqualTo("running");
        assertThat(stage.get("endedAt").isNull()).isTrue();
        // Reported without a number.
        assertThat(stage.get("no").isNull()).isTrue();
    }

    @Test
    void estimatesEndOfRunningJob() {
        for (int i = 1; i <= 12; i++) {
            // Two older runs of an hour do not count.
            insertRun(i, i <= 2 ? 3_600_000 : 40_000 + 1_000L * i);
        }
        Instant started = NOW.minusSeconds(5);
        JsonNode job = get(data.job(BOT, started).running(started).insert());

        assertThat(job.get("eta")).hasToString("""
                {"at":"2026-03-10T12:00:42.500Z","ms":47500,"p50Ms":47000,"p90Ms":51000,"errorMs":null}""");
    }

    @Test
    void reportsErrorOfEstimate() {
        for (int i = 1; i <= 3; i++) {
            insertRun(i, 40_000);
        }
        Instant started = ACCEPTED.minusSeconds(30);
        UUID finished = data.job(BOT, started).ended("failed", started, 55_000).insert();
        // Ended after the job had started.
        insertRun(59, 3_600_000);

        assertThat(get(finished).get("eta")).hasToString("""
                {"at":"2026-03-10T11:00:10Z","ms":40000,"p50Ms":40000,"p90Ms":40000,"errorMs":15000}""");
    }

    /** A run that was accepted in a minute of the hour before the job. */
    private void insertRun(int minute, long millis) {
        Instant accepted = ACCEPTED.minusSeconds(3_600 - 60L * minute);
        data.job(BOT, accepted)
                .id(TestJobBuilder.idOf(accepted, minute))
                .ended("succeeded", accepted, millis)
                .insert();
    }

    @Test
    void queuedJobHasNoEta() {
        for (int i = 1; i <= 3; i++) {
            insertRun(i, 40_000);
        }

        assertThat(get(data.job(BOT, ACCEPTED).insert()).get("eta").isNull()).isTrue();
    }

    @Test
    void purgedJobIsUnknown() {
        UUID id = data.job(BOT, ACCEPTED).insert();
        data.run("update audit.jobs set purged_at = now(), bot_id = null, first_time = null, accepted_at = null");

        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs/" + id);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"job_not_found\"", "No job has the id " + id);
    }

    @Test
    void refusesMalformedId() {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs/1-2-3-4-5");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"parameter\":\"id\"");
    }
}
