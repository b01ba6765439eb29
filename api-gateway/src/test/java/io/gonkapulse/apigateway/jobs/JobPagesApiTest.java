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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Forty jobs of two bots, one a minute, in every state. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobPagesApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant FIRST = Instant.parse("2026-03-10T10:00:00Z");
    private static final String[] STATES = {"queued", "running", "succeeded", "failed", "canceled"};
    private static final UUID PARENT = TestJobBuilder.idOf(FIRST, 777);

    private final JobTestData data;
    private final TestGateway gateway;

    JobPagesApiTest(TestDatabase database) {
        data = JobTestData.in(database);
        data.rollPartitions(NOW);
        for (int i = 0; i < 40; i++) {
            insert(i);
        }
        data.saveJobs();
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=jobs");
    }

    @BeforeEach
    void restoreJobs() {
        data.restoreJobs();
    }

    /** Job i has state i mod 5, belongs to the bot i mod 2, and was accepted in minute i. */
    private void insert(int i) {
        Instant accepted = minute(i);
        TestJobBuilder job = data.job(i % 2 == 0 ? "tracker.poll" : "nightly-backup", accepted)
                .id(id(i))
                .createdBy(i % 3 == 0 ? "ops" : "cron");
        if (i % 4 == 0) {
            job.parent(PARENT);
        }
        switch (STATES[i % 5]) {
            case "running" -> job.running(accepted.plusSeconds(1));
            case "succeeded" -> job.ended("succeeded", accepted.plusSeconds(1), 40_000);
            case "failed" -> job.ended("failed", accepted.plusSeconds(1), 500);
            case "canceled" -> job.canceledInQueue(accepted.plusSeconds(5));
            default -> {}
        }
        job.insert();
    }

    private static Instant minute(int i) {
        return FIRST.plusSeconds(60L * i);
    }

    private static UUID id(int i) {
        return TestJobBuilder.idOf(minute(i), i);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void listsNewestFirst() {
        JsonNode page = gateway.get("/api/v1/jobs?limit=3");

        assertThat(ids(page)).containsExactly(id(39), id(38), id(37));
        assertThat(page.get("total").asLong()).isEqualTo(40);
        assertThat(page.get("totalAtLeast").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'state=failed', 8",
        "'state=failed&state=queued', 16",
        "'bot=tracker.poll', 20",
        "'bot=tracker.poll&state=failed', 4",
        "'bot=nobody', 0",
        "'createdBy=ops', 14",
        "'createdBy=ops&state=running&bot=nightly-backup', 1",
        "'parent=PARENT', 10",
        "'parent=PARENT&state=succeeded&createdBy=ops', 1",
        "'q=backup', 20",
        "'q=TRACKER.', 20",
        "'q=e', 20",
        "'q=K', 40",
        "'q=zzz', 0",
        "'q=ID', 1",
        "'q=backup&state=canceled&createdBy=cron', 2",
        "'from=2026-03-10T10:30:00Z', 10",
        "'from=2026-03-10T10:30:00Z&to=2026-03-10T10:32:00Z', 2",
        "'to=2026-03-10T12:10:00%2B02:00', 10",
        "'from=2026-03-10&to=2026-03-10', 40",
        "'from=2026-03-11', 0",
        "'from=2026-03-10T10:15:00Z&to=2026-03-10T10:30:00Z&bot=tracker.poll&state=failed', 2",
        "'bot=tracker.poll&from=2026-03-10T10:31:00Z&sort=firstTime', 4",
        "'q=t', 40",
        "'q=0', 40",
        "'q=TRACKER.&parent=PARENT', 10",
        "'q=ID&bot=tracker.poll', 0"
    })
    void filtersCombine(String filters, int expected) {
        String query = filters.replace("PARENT", PARENT.toString()).replace("ID", id(7).toString());
        List<UUID> found = readPages(query + "&limit=3");

        assertThat(found).hasSize(expected).doesNotHaveDuplicates();
        assertThat(found).isEqualTo(ids(gateway.get("/api/v1/jobs?limit=500&" + query)));
        assertThat(gateway.get("/api/v1/jobs?limit=1&" + query).get("total").asLong())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&state=failed&state=queued", "&bot=tracker.poll", "&bot=tracker.poll&state=failed"})
    void ordersAreReverse(String filters) {
        List<UUID> newestFirst = readPages("sort=-firstTime&limit=4" + filters);
        List<UUID> oldestFirst = readPages("sort=firstTime&limit=3" + filters);

        assertThat(newestFirst).isNotEmpty().containsExactlyElementsOf(reversed(oldestFirst));
    }

    @Test
    void cursorIsStableUnderInserts() {
        JsonNode first = gateway.get("/api/v1/jobs?limit=5");
        insert(41);
        data.run("update audit.jobs set running = true where job_id = '" + id(30) + "'");

        assertThat(ids(gateway.get(
                        "/api/v1/jobs?limit=5&cursor=" + first.get("nextCursor").asString())))
                .containsExactly(id(34), id(33), id(32), id(31), id(30));
    }

    @Test
    void equalTimesAreSortedById() {
        data.run("update audit.jobs set first_time = '2026-03-10T10:00:00Z', accepted_at = '2026-03-10T10:00:00Z'");

        assertThat(readPages("limit=7")).hasSize(40).isSorted();
        assertThat(readPages("limit=7&bot=tracker.poll")).hasSize(20).isSorted();
    }

    @Test
    void jobsWithoutAcceptanceAreSortedByFirstTime() {
        data.run("update audit.jobs set accepted_at = null where job_id in ('" + id(38) + "', '" + id(2) + "')");

        assertThat(readPages("limit=3&bot=tracker.poll"))
                .hasSize(20)
                .startsWith(id(38), id(36))
                .endsWith(id(2), id(0));
    }

    /** Neither a list of 500 nor its reader has room for what one job may hold. */
    @Test
    void listIsShort() {
        data.run(
                "update audit.jobs set meta = jsonb_build_object('text', repeat('x', 5000)), result = '{\"rows\": 7}', "
                        + "error_name = 'IOException', error_message = repeat('m', 4000), error_stack = repeat('s', 4000) "
                        + "where job_id = '" + id(39) + "'");

        JsonNode listed = gateway.get("/api/v1/jobs?limit=1").at("/items/0");
        JsonNode whole = gateway.get("/api/v1/jobs/" + id(39));

        assertThat(listed.get("meta")).hasToString("{\"bytes\":5012,\"truncated\":true}");
        assertThat(listed.has("result")).isFalse();
        assertThat(listed.at("/error/message").asString()).hasSize(500);
        assertThat(listed.get("error").has("stack")).isFalse();
        assertThat(whole.at("/meta/text").asString()).hasSize(5_000);
        assertThat(whole.at("/result/rows").asInt()).isEqualTo(7);
        assertThat(whole.at("/error/stack").asString()).hasSize(4_000);
    }

    @Test
    void totalsAgreeWithRows() {
        for (String filters :
                List.of("state=succeeded&state=failed", "bot=nightly-backup", "from=2026-03-10T10:15:00Z")) {
            long counted =
                    gateway.get("/api/v1/jobs?limit=1&" + filters).get("total").asLong();
            // A creator makes the gateway count rows.
            long ops = gateway.get("/api/v1/jobs?limit=1&createdBy=ops&" + filters)
                    .get("total")
                    .asLong();
            long cron = gateway.get("/api/v1/jobs?limit=1&createdBy=cron&" + filters)
                    .get("total")
                    .asLong();

            assertThat(counted).as(filters).isPositive().isEqualTo(ops + cron);
        }
    }

    @Test
    void countsRowsUpToLimit() {
        data.run("insert into audit.jobs (job_id, bot_id, first_time, created_by_name) "
                + "select gen_random_uuid(), 'many', timestamptz '2026-03-09T00:00:00Z' + number * interval '1 second', "
                + "'many' from generate_series(1, 10001) number");

        JsonNode counted = gateway.get("/api/v1/jobs?createdBy=many");
        JsonNode exact = gateway.get("/api/v1/jobs?bot=many");

        assertThat(counted.get("total").asLong()).isEqualTo(10_000);
        assertThat(counted.get("totalAtLeast").asBoolean()).isTrue();
        assertThat(exact.get("total").asLong()).isEqualTo(10_001);
        assertThat(exact.get("totalAtLeast").asBoolean()).isFalse();
    }

    @Test
    void purgedJobsAreInvisible() {
        data.run("update audit.jobs set purged_at = now(), bot_id = null, first_time = null, accepted_at = null "
                + "where job_id = '" + id(39) + "'");

        JsonNode page = gateway.get("/api/v1/jobs?limit=1");

        assertThat(ids(page)).containsExactly(id(38));
        assertThat(page.get("total").asLong()).isEqualTo(39);
        assertThat(gateway.get("/api/v1/jobs?limit=1&q=" + id(39)).get("total").asLong())
                .isZero();
    }

    @Test
    void countsStages() {
        data.insertStage(id(39), 1, "dump", minute(39), "succeed", 5);
        data.insertStage(id(39), 2, "copy", minute(39), "", 0);

        JsonNode job = gateway.get("/api/v1/jobs?limit=1").get("items").get(0);

        assertThat(job.get("stageCount").asLong()).isEqualTo(2);
        assertThat(job.has("stages")).isFalse();
    }

    @Test
    void runningJobsHaveEta() {
        JsonNode running = gateway.get("/api/v1/jobs?state=running&bot=nightly-backup&limit=1")
                .get("items")
                .get(0);

        assertThat(running.at("/eta/ms").asLong()).isEqualTo(40_000);
        assertThat(running.at("/eta/errorMs").isNull()).isTrue();
        assertThat(gateway.get("/api/v1/jobs?state=succeeded&limit=1")
                        .at("/items/0/eta")
                        .isNull())
                .isTrue();
    }

    @Test
    void unchangedPageIsNotModified() {
        HttpResponse<String> first = gateway.send("GET", "/api/v1/jobs?state=failed");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(gateway.send("GET", "/api/v1/jobs?state=failed", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
        insert(43);
        assertThat(gateway.send("GET", "/api/v1/jobs?state=failed", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "state=lost, state",
        "sort=botId, sort",
        "sort=acceptedAt, sort",
        "limit=501, limit",
        "cursor=abc, cursor",
        "from=yesterday, from",
        "from=2026-13-01, from",
        "to=2026-03-10T25:00:00Z, to",
        "from=2026-03-10T10:00:00, from",
        "parent=1-2-3-4-5, parent",
        "from=2026-03-11&to=2026-03-10, from",
        "id=7, id",
        "bot=a&bot=b, bot"
    })
    void refusesBadParameters(String query, String parameter) {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"bad_parameter\"", "\"parameter\":\"" + parameter + '"');
    }

    @Test
    void cursorBelongsToSort() {
        String cursor = gateway.get("/api/v1/jobs?limit=1").get("nextCursor").asString();

        HttpResponse<String> response = gateway.send("GET", "/api/v1/jobs?sort=firstTime&cursor=" + cursor);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("expected a cursor of the same sort, got one of sort=-firstTime");
    }

    private List<UUID> readPages(String query) {
        List<UUID> found = new ArrayList<>();
        JsonNode page = gateway.get("/api/v1/jobs?" + query);
        found.addAll(ids(page));
        while (!page.get("nextCursor").isNull()) {
            page = gateway.get("/api/v1/jobs?" + query + "&cursor="
                    + page.get("nextCursor").asString());
            found.addAll(ids(page));
        }
        return found;
    }

    private static List<UUID> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(job -> UUID.fromString(job.get("jobId").asString()))
                .toList();
    }

    private static List<UUID> reversed(List<UUID> ids) {
        List<UUID> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        return reversed;
    }
}
