package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cached responses are never older than they claim. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponseCacheTest {

    private static final Instant NOW = Instant.parse("2026-03-10T23:58:00Z");
    private static final Duration CACHE_TTL = Duration.ofMillis(100);
    private static final String NODE = "/api/v1/nodes/gonka1a";

    private final SteppedClock clock = SteppedClock.at(NOW);
    private final GatewayTestData data;
    private final TestGateway gateway;
    private final DataVersionMonitor version;
    private UUID node = new UUID(0, 0);

    ResponseCacheTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(
                database,
                clock,
                "--gateway.cache-ttl=" + CACHE_TTL.toMillis() + "ms",
                "--gateway.rate-limit.requests=1000000000");
        version = gateway.bean(DataVersionMonitor.class);
    }

    /** An automatic vacuum or analyze changes the version of the data at any time. */
    @BeforeAll
    void stopAutovacuum() {
        data.run("alter system set autovacuum = off");
        reloadServerSettings();
        JdbcClient client = JdbcClient.create(gateway.dataSource());
        await().atMost(ONE_MINUTE)
                .until(() -> client.sql(
                                "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'")
                        .query(Long.class)
                        .single()
                        .equals(0L));
    }

    private void reloadServerSettings() {
        data.run("do $$ begin perform pg_reload_conf(); end $$");
    }

    @BeforeEach
    void insertOneNode() {
        data.clear();
        node = data.node("gonka1a").stats("healthy", clock.instant()).insert();
        endCacheTtl();
    }

    @AfterAll
    void stop() {
        data.run("alter system reset autovacuum");
        reloadServerSettings();
        gateway.close();
    }

    @Test
    void servesUnchangedDataFromCache() {
        double before = countDatabaseResponses();
        for (int ttl = 0; ttl < 4; ttl++) {
            gateway.get(NODE);
            endCacheTtl();
            gateway.get(NODE);
        }

        assertThat(countDatabaseResponses() - before).isOne();
    }

    @Test
    void loadsOncePerTtlAfterChange() {
        gateway.get(NODE);
        double before = countDatabaseResponses();
        data.insertEarnings(node, LocalDate.parse("2026-03-09"), "1000", "settled");
        gateway.get(NODE);
        assertThat(countDatabaseResponses()).isEqualTo(before);

        endCacheTtl();
        gateway.get(NODE);
        gateway.get(NODE);

        assertThat(countDatabaseResponses() - before).isOne();
    }

    @Test
    void returnsNotModifiedUntilDataChange() {
        for (String route : List.of(NODE, "/api/v1/nodes", NODE + "/earnings", NODE + "/health", "/api/v1/earnings")) {
            String tag = gateway.send("GET", route).headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> same = gateway.send("GET", route, "If-None-Match", tag);
            HttpResponse<String> oneOfTwo = gateway.send("GET", route, "If-None-Match", "\"other\", " + tag);

            assertThat(List.of(same.statusCode(), oneOfTwo.statusCode())).containsOnly(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.headers().firstValue("ETag")).hasValue(tag);
            assertThat(same.headers().firstValue("Cache-Control").orElseThrow()).startsWith("max-age=");
            assertThat(same.headers().firstValue("Vary"))
                    .isEqualTo(oneOfTwo.headers().firstValue("Vary"));
        }
        String tag = gateway.send("GET", NODE).headers().firstValue("ETag").orElseThrow();
        data.insertEarnings(node, LocalDate.parse("2026-03-09"), "1000", "settled");
        endCacheTtl();
        assertThat(gateway.send("GET", NODE, "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void showsNewDataAfterTtl() {
        for (int earned = 1; earned <= 3; earned++) {
            gateway.get(NODE);
            data.run("delete from earnings_history");
            data.insertEarnings(node, LocalDate.parse("2026-03-09"), earned + "000", "settled");
            endCacheTtl();

            assertThat(gateway.get(NODE).at("/earnings/totalNgonka").asString()).isEqualTo(earned + "000");
        }
    }

    @Test
    void marksStaleImmediately() {
        assertThat(gateway.get(NODE).at("/stats/stale").asBoolean()).isFalse();
        clock.advance(Duration.ofMinutes(3).plusSeconds(1));

        assertThat(gateway.get(NODE).at("/stats/stale").asBoolean()).isTrue();
        assertThat(gateway.get("/api/v1/nodes").at("/items/0/stats/ageSeconds").asLong())
                .isEqualTo(181);
    }

    @Test
    void discardsResponseStaleDuringLoad() {
        Instant fetched = clock.instant();

        assertThat(respondAndTurnStale(fetched)).isEqualTo("false");
        assertThat(respondAndTurnStale(fetched)).isEqualTo("true");
    }

    /** Loads a response whose data turn stale between the query and the serialisation. */
    private String respondAndTurnStale(Instant fetched) {
        FreshnessPolicy freshness = gateway.bean(FreshnessPolicy.class);
        byte[] body = gateway.bean(ResponseCache.class)
                .respond(
                        new StaleQuery(),
                        () -> {
                            boolean stale = freshness.isStale(fetched);
                            clock.advance(Duration.ofMinutes(4));
                            return ResponseContent.json(stale).withTimes(Stream.of(fetched));
                        },
                        ResponseCacheLoadTest.WITHOUT_HEADERS)
                .getBody();
        return new String(Objects.requireNonNull(body), UTF_8);
    }

    private record StaleQuery() {}

    @Test
    void dropsDayEarningsAtMidnight() {
        Instant evening = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofMinutes(2 * 1_440 - 15));
        clock.advance(Duration.between(clock.instant(), evening));
        data.run("update node_stats_cache set fetched_at = '" + clock.instant() + "'");
        endCacheTtl();
        assertThat(gateway.get("/api/v1/nodes").at("/items/0/stats/earningsDay").isNull())
                .isFalse();
        clock.advance(Duration.ofMinutes(30));

        assertThat(gateway.get("/api/v1/nodes").at("/items/0/stats/earningsDay").isNull())
                .isTrue();
    }

    /** Ends the TTL of all cached responses and waits until the version of the data is known again. */
    private void endCacheTtl() {
        gateway.advanceCacheTime(CACHE_TTL);
        await().atMost(Duration.ofSeconds(30)).until(() -> version.current() != null);
    }

    private double countDatabaseResponses() {
        String meters = gateway.send("GET", "/actuator/prometheus").body();
        Matcher meter = Pattern.compile("gonkapulse_gateway_responses_total\\{[^}]*source=\"database\"[^}]*} (\\S+)")
                .matcher(meters);
        assertThat(meter.find()).as(meters).isTrue();
        return Double.parseDouble(meter.group(1));
    }
}
