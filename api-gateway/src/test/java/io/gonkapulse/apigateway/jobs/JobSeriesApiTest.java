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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One job every ten minutes of 2026, each accepted and ended in the same minute. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobSeriesApiTest {

    private static final Instant NOW = Instant.parse("2026-12-15T12:07:00Z");

    private final JobTestData data;
    private final TestGateway gateway;

    JobSeriesApiTest(TestDatabase database) {
        data = JobTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=jobs");
    }

    @BeforeAll
    void insertJobs() {
        data.run("""
                insert into audit.jobs (job_id, bot_id, first_time, accepted_at, started_at, running, outcome,
                       outcome_key, outcome_at, elapsed_ms)
                select gen_random_uuid(), 'steady', at, at, at, true,
                       (array['succeeded', 'succeeded', 'failed'])[1 + number % 3], '\\x00',
                       at + interval '1 second', 1000
                  from generate_series(0, 366 * 144 - 1) number
                 cross join lateral (
                       select timestamptz '2026-01-01T00:00:00Z' + number * interval '10 minutes' as at) times
                """);
        Instant accepted = Instant.parse("2026-12-15T12:01:00Z");
        data.job("waiting", accepted).insert();
        data.job("stopped", accepted)
                .id(TestJobBuilder.idOf(accepted, 1))
                .canceledInQueue(accepted.plusSeconds(1))
                .insert();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu, 2026-03-10, 144, 2026-03-10T00:00:00+05:45",
        "Europe/Berlin, 2026-03-29, 138, 2026-03-29T00:00:00+01:00",
        "Europe/Berlin, 2026-10-25, 150, 2026-10-25T00:00:00+02:00",
        "America/St_Johns, 2026-03-08, 138, 2026-03-08T00:00:00-03:30",
        "America/St_Johns, 2026-11-01, 150, 2026-11-01T00:00:00-02:30",
        "UTC, 2026-05-05, 144, 2026-05-05T00:00:00Z"
    })
    void daysAreExact(String zone, String day, long jobs, String localFrom) {
        JsonNode items = series("interval=day&bot=steady&tz=" + zone + "&from=" + day + "&to=" + day);

        assertThat(items.size()).isEqualTo(1);
        assertThat(items.at("/0/accepted").asLong()).isEqualTo(jobs);
        assertThat(items.at("/0/succeeded").asLong() + items.at("/0/failed").asLong())
                .isEqualTo(jobs);
        assertThat(items.at("/0/failed").asLong()).isEqualTo(jobs / 3);
        assertThat(items.at("/0/localFrom").asString()).isEqualTo(localFrom);
        assertThat(items.at("/0/runMs").asLong()).isEqualTo(1_000);
        assertThat(items.at("/0/complete").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // A quarter hour has one or two jobs; an hour has six, and its begin is local.
        "15min, Asia/Kathmandu, 96",
        "hour, Asia/Kathmandu, 24",
        "hour, America/St_Johns, 24"
    })
    void bucketsAddUpToDay(String interval, String zone, int buckets) {
        JsonNode items = series("interval=" + interval + "&bot=steady&from=2026-06-01&to=2026-06-01&tz=" + zone);

        assertThat(items.size()).isEqualTo(buckets);
        assertThat(items.valueStream().mapToLong(item -> item.get("accepted").asLong()))
                .allMatch(jobs -> interval.equals("hour") ? jobs == 6 : jobs == 1 || jobs == 2);
        assertThat(items.valueStream()
                        .mapToLong(item -> item.get("accepted").asLong())
                        .sum())
                .isEqualTo(144);
    }

    @ParameterizedTest
    @CsvSource({"UTC, 4464", "Europe/Berlin, 4458"})
    void monthsAreExact(String zone, long march) {
        JsonNode items = series("interval=month&bot=steady&from=2026-02-03&to=2026-04-02&tz=" + zone);

        assertThat(items.size()).isEqualTo(3);
        assertThat(items.at("/0/accepted").asLong()).isEqualTo(28 * 144);
        assertThat(items.at("/1/accepted").asLong()).isEqualTo(march);
    }

    @Test
    void emptyBucketsAreFilled() {
        JsonNode items = series("interval=hour&bot=waiting&from=2026-12-15T10:00:00Z&to=2026-12-15T13:00:00Z");

        assertThat(items.findValuesAsString("accepted")).containsExactly("0", "0", "1");
        assertThat(items.findValuesAsString("complete")).containsExactly("true", "true", "false");
        assertThat(items.at("/2/runMs").isNull()).isTrue();
    }

    @Test
    void coversAllBotsByDefault() {
        JsonNode now =
                series("interval=15min").valueStream().reduce((a, b) -> b).orElseThrow();

        assertThat(now.get("from").asString()).isEqualTo("2026-12-15T12:00:00Z");
        assertThat(now.get("accepted").asLong()).isEqualTo(4);
        assertThat(now.get("canceled").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "interval=week, interval",
        "tz=Mars/Olympus, tz",
        "tz=%2B05:45, tz",
        "interval=15min&from=2026-01-01&to=2026-02-01, from",
        "from=2026-03-02&to=2026-03-01, from",
        "state=failed, state"
    })
    void refusesBadParameters(String query, String parameter) {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs/series?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"parameter\":\"" + parameter + '"');
    }

    @Test
    void namesLimitOfBuckets() {
        assertThat(gateway.send("GET", "/api/v1/jobs/series?interval=15min&from=2026-01-01&to=2026-02-01")
                        .body())
                .contains("at most 1000 buckets of interval 15min");
    }

    private JsonNode series(String query) {
        return gateway.get("/api/v1/jobs/series?" + query).get("items");
    }
}
