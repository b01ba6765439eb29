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
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A hundred runs of 1 to 100 seconds, of which every tenth failed, and some jobs that did not end. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobMetricsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant FIRST = Instant.parse("2026-03-10T09:00:00Z");
    private static final Percentage WITHIN = Percentage.withPercentage(5);

    private final JobTestData data;
    private final TestGateway gateway;

    JobMetricsApiTest(TestDatabase database) {
        data = JobTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=jobs");
    }

    @BeforeAll
    void insertJobs() {
        for (int i = 1; i <= 100; i++) {
            Instant accepted = FIRST.plusSeconds(30L * i);
            UUID id = data.job("steady", accepted)
                    .id(TestJobBuilder.idOf(accepted, i))
                    .ended(i % 10 == 0 ? "failed" : "succeeded", accepted.plusSeconds(2), 1_000L * i)
                    .insert();
            data.insertStage(id, 1, "load", accepted, i % 4 == 0 ? "fail" : "succeed", 100L * i);
        }
        data.job("steady", FIRST).insert();
        data.job("steady", FIRST)
                .id(TestJobBuilder.idOf(FIRST, 1))
                .running(FIRST)
                .insert();
        data.job("other", FIRST).canceledInQueue(FIRST.plusSeconds(4)).insert();
        data.job("other", FIRST).id(TestJobBuilder.idOf(FIRST, 2)).withoutBot().insert();
        UUID other = data.job("other", FIRST)
                .id(TestJobBuilder.idOf(FIRST, 3))
                .ended("succeeded", FIRST, 7)
                .insert();
        data.insertStage(other, 1, "load", FIRST, "succeed", 7);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void countsJobsByState() {
        JsonNode metrics = gateway.get("/api/v1/jobs/metrics");
        JsonNode steady = metrics.at("/items/0");

        assertThat(metrics.get("total").asLong()).isEqualTo(3);
        assertThat(steady.get("botId").asString()).isEqualTo("steady");
        assertThat(steady.get("total").asLong()).isEqualTo(102);
        assertThat(steady.get("queued").asLong()).isEqualTo(1);
        assertThat(steady.get("running").asLong()).isEqualTo(1);
        assertThat(steady.get("succeeded").asLong()).isEqualTo(90);
        assertThat(steady.get("failed").asLong()).isEqualTo(10);
        assertThat(steady.get("canceled").asLong()).isZero();
        assertThat(steady.get("successRate").asDouble()).isEqualTo(0.9);
        assertThat(metrics.at("/items/1/canceled").asLong()).isEqualTo(1);
        assertThat(metrics.at("/items/2/botId").isNull()).isTrue();
        assertThat(metrics.at("/items/2/successRate").isNull()).isTrue();
    }

    @Test
    void durationsAreWithinFivePercent() {
        JsonNode steady = gateway.get("/api/v1/jobs/metrics").at("/items/0");

        assertThat(steady.get("avgQueueMs").asLong()).isEqualTo(2_000);
        assertThat(steady.get("avgRunMs").asLong()).isEqualTo(50_500);
        assertThat(steady.get("measured").asLong()).isEqualTo(100);
        assertThat(steady.get("p50Ms").asDouble()).isCloseTo(50_000, WITHIN);
        assertThat(steady.get("p95Ms").asDouble()).isCloseTo(95_000, WITHIN);
        assertThat(steady.get("p99Ms").asDouble()).isCloseTo(99_000, WITHIN);
    }

    @Test
    void rangeHasWholeQuarterHours() {
        JsonNode metrics = gateway.get("/api/v1/jobs/metrics?from=2026-03-10T09:05:00Z&to=2026-03-10T09:10:00Z");

        assertThat(metrics.get("from").asString()).isEqualTo("2026-03-10T09:00:00Z");
        assertThat(metrics.get("to").asString()).isEqualTo("2026-03-10T09:15:00Z");
        assertThat(metrics.at("/items/0/total").asLong()).isEqualTo(31);
        assertThat(gateway.get("/api/v1/jobs/metrics?from=2026-03-11")
                        .get("items")
                        .isEmpty())
                .isTrue();
    }

    /** Durations are summed by day. */
    @Test
    void percentilesAreOfWholeDays() {
        JsonNode steady = gateway.get("/api/v1/jobs/metrics?from=2026-03-10T09:05:00Z&to=2026-03-10T09:10:00Z")
                .at("/items/0");
        JsonNode stages = gateway.get("/api/v1/jobs/stages/summary?from=2026-03-10T09:05:00Z&to=2026-03-10T09:10:00Z");

        assertThat(steady.get("measured").asLong()).isEqualTo(100);
        assertThat(stages.get("from").asString()).isEqualTo("2026-03-10T00:00:00Z");
        assertThat(stages.get("to").asString()).isEqualTo("2026-03-11T00:00:00Z");
        assertThat(stages.at("/items/0/total").asLong()).isEqualTo(101);
    }

    @Test
    void summarizesStages() {
        JsonNode all = gateway.get("/api/v1/jobs/stages/summary");
        JsonNode load = gateway.get("/api/v1/jobs/stages/summary?bot=steady").at("/items/0");

        assertThat(all.at("/items/0/total").asLong()).isEqualTo(101);
        assertThat(all.get("total").asLong()).isEqualTo(1);
        assertThat(load.get("name").asString()).isEqualTo("load");
        assertThat(load.get("total").asLong()).isEqualTo(100);
        assertThat(load.get("succeeded").asLong()).isEqualTo(75);
        assertThat(load.get("failed").asLong()).isEqualTo(25);
        assertThat(load.get("successRate").asDouble()).isEqualTo(0.75);
        assertThat(load.get("avgMs").asLong()).isEqualTo(5_050);
        assertThat(load.get("p50Ms").asDouble()).isCloseTo(5_000, WITHIN);
        assertThat(load.get("p99Ms").asDouble()).isCloseTo(9_900, WITHIN);
    }

    @Test
    void unknownBotHasNoStages() {
        assertThat(gateway.get("/api/v1/jobs/stages/summary?bot=nobody").toString())
                .isEqualTo("{\"from\":null,\"to\":null,\"items\":[],\"total\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "metrics?bot=steady, bot",
        "metrics?from=now, from",
        "stages/summary?interval=day, interval",
        "stages/summary?to=2026-02-30, to"
    })
    void refusesBadParameters(String query, String parameter) {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs/" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"parameter\":\"" + parameter + '"');
    }
}
