package io.gonkapulse.apigateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.apigateway.support.TestNodeBuilder;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private final GatewayTestData data;
    private final TestGateway gateway;

    NodesApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW));
    }

    @BeforeEach
    void clearData() {
        data.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void returnsEmptyPage() {
        assertThat(gateway.get("/api/v1/nodes")).hasToString("{\"items\":[],\"total\":0,\"nextCursor\":null}");
    }

    @Test
    void returnsStatsWithAge() {
        UUID id = data.node("gonka1a")
                .displayName("Mine")
                .gpuType("H100")
                .region("Tokyo")
                .stats("healthy", NOW.minusSeconds(42))
                .insert();
        data.run("""
                insert into node_facts
                       (node_id, epoch, observed_at, participant_status, gpu_count, models, jailed_until, inferences,
                        missed, validated, invalidated, weight_rank, weight_share, seen_minutes)
                select id, 77, now(), 'ACTIVE', 8, '{model-a,org/other}', '2026-03-11T12:00:00Z', 9979, 21, 12, 50, 17,
                       0.00213, 1430
                  from nodes
                """);

        assertThat(gateway.get("/api/v1/nodes").get("items").get(0))
                .hasToString("{\"id\":\"" + id + "\",\"identifier\":\"gonka1a\",\"identifierType\":\"wallet\","
                        + "\"displayName\":\"Mine\",\"gpuType\":\"H100\",\"region\":\"Tokyo\","
                        + "\"stats\":{\"status\":\"healthy\",\"earningsDay\":\"12.500000000\","
                        + "\"earningsDayNgonka\":\"12500000000\",\"earningsTotal\":\"1000.000000000\","
                        + "\"earningsTotalNgonka\":\"1000000000000\",\"uptimePercent\":90,"
                        + "\"uptimeSeenMinutes\":1430,\"tokensPerSec\":null,\"jobsDay\":42,"
                        + "\"activeModel\":\"model-a\",\"models\":[\"model-a\",\"org/other\"],"
                        + "\"votingWeight\":100,\"weightShare\":0.00213,\"rank\":17,"
                        + "\"participantStatus\":\"ACTIVE\",\"gpuCount\":8,"
                        + "\"jailedUntil\":\"2026-03-11T12:00:00Z\",\"missedRate\":0.0021,"
                        + "\"invalidatedRate\":0.005011,\"lastActiveEpoch\":77,\"source\":\"one\","
                        + "\"sources\":[\"one\"],\"fetchedAt\":\"2026-03-10T11:59:18Z\",\"ageSeconds\":42,"
                        + "\"stale\":false},\"rewards\":{\"unclaimed\":\"0.000000000\","
                        + "\"unclaimedNgonka\":\"0\",\"claimBefore\":null}}");
    }

    @Test
    void omitsAgeOfFutureTimes() {
        data.node("gonka1ahead").stats("healthy", NOW.plusSeconds(301)).insert();
        data.node("gonka1little").stats("healthy", NOW.plusSeconds(300)).insert();

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.get(0).at("/stats/ageSeconds").isNull()).isTrue();
        assertThat(items.get(0).at("/stats/stale").asBoolean()).isTrue();
        assertThat(items.get(1).at("/stats/ageSeconds").asLong()).isZero();
        assertThat(items.get(1).at("/stats/stale").asBoolean()).isFalse();
        assertThat(gateway.get("/api/v1/nodes/gonka1ahead")
                        .at("/stats/ageSeconds")
                        .isNull())
                .isTrue();
    }

    @Test
    void marksStaleAndUnreportedNodes() {
        data.insertNode("gonka1never");
        data.node("gonka1old")
                .stats("healthy", Instant.parse("2026-03-09T23:59:59Z"))
                .insert();
        data.node("gonka1ttl").stats("healthy", NOW.minusSeconds(180)).insert();
        data.node("gonka1ttlx").stats("healthy", NOW.minusSeconds(181)).insert();

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.get(0).get("stats").isNull()).isTrue();
        assertThat(items.get(1).get("stats").get("stale").asBoolean()).isTrue();
        assertThat(items.get(1).get("stats").get("earningsDay").isNull()).isTrue();
        assertThat(items.get(1).get("stats").get("jobsDay").isNull()).isTrue();
        assertThat(items.get(1).get("stats").get("earningsTotal").asString()).isEqualTo("1000.000000000");
        assertThat(items.get(2).get("stats").get("stale").asBoolean()).isFalse();
        assertThat(items.get(3).get("stats").get("stale").asBoolean()).isTrue();
    }

    /** The stats-writer ran past midnight; the aggregator stopped before it. */
    @Test
    void omitsYesterdaysDayEarnings() {
        data.node("gonka1behind")
                .stats("healthy", NOW)
                .earningsDay("99")
                .earningsDate(TODAY.minusDays(1))
                .insert();
        data.node("gonka1today")
                .stats("healthy", NOW)
                .earningsDay("1")
                .earningsDate(TODAY)
                .insert();
        data.node("gonka1upgrade").stats("healthy", NOW).earningsDay("2").insert();
        data.node("gonka1silent")
                .stats("healthy", NOW.minusSeconds(86_400))
                .earningsDay("0")
                .earningsDate(TODAY)
                .insert();

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.get(0).get("stats").get("earningsDay").isNull()).isTrue();
        assertThat(items.get(0).get("stats").get("jobsDay").isNull()).isTrue();
        assertThat(items.get(0).get("stats").get("stale").asBoolean()).isFalse();
        assertThat(items.get(0).get("stats").get("earningsTotal").asString()).isEqualTo("1000.000000000");
        assertThat(items.get(1).get("stats").get("earningsDay").isNull()).isTrue();
        assertThat(items.get(2).get("stats").get("earningsDay").asString()).isEqualTo("1.000000000");
        assertThat(items.get(2).get("stats").get("jobsDay").asInt()).isEqualTo(42);
        assertThat(items.get(3).get("stats").get("earningsDay").asString()).isEqualTo("2.000000000");
        assertThat(gateway.get("/api/v1/nodes/gonka1behind")
                        .at("/stats/earningsDay")
                        .isNull())
                .isTrue();
        assertThat(listIdentifiers("sort=-earningsDay"))
                .startsWith("gonka1upgrade", "gonka1today")
                .hasSize(4);
        assertThat(listIdentifiers("sort=earningsDay"))
                .startsWith("gonka1today", "gonka1upgrade")
                .hasSize(4);
    }

    @Test
    void combinesFilters() {
        data.insertTracker("one", NOW, 10L, NOW);
        tokyoNode("gonka1a", "Alpha").insert();
        tokyoNode("gonka1b", "Beta").stats("jailed", NOW).insert();
        tokyoNode("gonka1c", "Gamma").gpuType("H200").insert();
        UUID silent = tokyoNode("gonka1d", "Delta")
                .region("Manassas")
                .stats("healthy", NOW.minusSeconds(181))
                .insert();
        data.markOffline(silent, "one", NOW.minusSeconds(181));
        tokyoNode("gonka1e", "100%_").model("model-b").weight("1").insert();

        assertThat(listIdentifiers("status=healthy&gpuType=H100&region=Tokyo")).containsExactly("gonka1a", "gonka1e");
        assertThat(listIdentifiers("status=healthy&status=jailed&model=model-a"))
                .containsExactly("gonka1a", "gonka1b", "gonka1c");
        assertThat(listIdentifiers("status=offline")).containsExactly("gonka1d");
        assertThat(listIdentifiers("q=BET")).containsExactly("gonka1b");
        assertThat(listIdentifiers("q=1C")).containsExactly("gonka1c");
        assertThat(listIdentifiers("q=%25_")).containsExactly("gonka1e");
        assertThat(listIdentifiers("q=nothing")).isEmpty();
        assertThat(listIdentifiers("sort=-identifier&gpuType=H100&status=healthy"))
                .containsExactly("gonka1e", "gonka1a");
        assertThat(listIdentifiers("sort=-weight&gpuType=H100&status=healthy")).containsExactly("gonka1a", "gonka1e");
    }

    private TestNodeBuilder tokyoNode(String identifier, String displayName) {
        return data.node(identifier)
                .displayName(displayName)
                .gpuType("H100")
                .region("Tokyo")
                .stats("healthy", NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identifier",
                "-identifier",
                "weight",
                "-weight",
                "earningsDay",
                "-earningsDay",
                "earningsTotal",
                "-earningsTotal",
                "uptime",
                "-uptime",
                "fetchedAt",
                "-fetchedAt"
            })
    void pagesContainEachNodeOnce(String sort) {
        IntStream.range(0, 23).forEach(number -> {
            TestNodeBuilder node = data.node("gonka1n" + (char) ('a' + number));
            if (number % 5 != 0) {
                node.stats("healthy", NOW.minusSeconds(number % 6))
                        .earningsDay(number % 3 == 0 ? null : String.valueOf(number % 4))
                        .uptime(String.valueOf(number % 7))
                        .weight(number % 4 == 0 ? null : "-" + number % 3 + ".5");
            }
            node.insert();
        });

        assertThat(readAllPages("limit=4&sort=" + sort))
                .hasSize(23)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(expectedOrder(sort));
    }

    /** Matching nodes come far behind deleted nodes and healthy nodes that went offline, which are only candidates. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=healthy",
                "status=offline",
                "status=offline&status=jailed",
                "status=unknown&model=m1",
                "status=inactive",
                "status=inactive&status=offline",
                "status=inactive&gpuType=H100",
                "model=other",
                "gpuType=H100",
                "region=Tokyo&status=healthy",
                "q=7",
                "q=7&status=healthy&gpuType=A100",
                "model=m1",
                ""
            })
    void numericSortMatchesIdentifierSort(String filter) {
        data.insertTracker("one", NOW, 10L, NOW);
        data.run("""
                insert into nodes (identifier, identifier_type, gpu_type, region, deleted_at)
                select 'gonka1n' || number, 'wallet', (array['H100', 'A100'])[1 + number % 2],
                       (array['Tokyo', 'Manassas', null])[1 + number % 3], case when number > 360 then now() end
                  from generate_series(1, 400) number
                """);
        data.run("""
                insert into node_stats_cache (node_id, status, voting_weight, active_model, source, fetched_at)
                select id, case when number % 50 = 0 then 'jailed' when number % 10 = 9 then 'unknown' when number % 31 <> 0 then 'healthy' end,
                       case when number % 11 <> 0 then number / 2 end, 'm' || number % 4, 'one',
                       timestamptz '2026-03-10T12:00:00Z' - case when number > 100 then interval '1 hour' else '0' end
                  from nodes, substr(identifier, 8) text, cast(text as integer) number
                 where number % 17 <> 0
                """);
        data.run("""
                insert into node_facts (node_id, epoch, observed_at, partition, models)
                select cached.node_id, case when number % 7 = 0 then 76 else 77 end, fetched_at,
                       get_byte(uuid_send(cached.node_id), 0) % 3, case when number % 5 = 0 then array[active_model, 'other'] end
                  from node_stats_cache cached
                  join nodes node on node.id = cached.node_id,
                       substr(identifier, 8) text, cast(text as integer) number
                """);
        data.run("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, observed_at)
                select id, 70, 1, 1, 0, 0, 0, 5, 'claimed', false, now(), now()
                  from nodes
                 where cast(substr(identifier, 8) as integer) % 34 = 0
                """);
        data.run("""
                insert into node_earnings (node_id, total)
                select id, cast(substr(identifier, 8) as integer)
                  from nodes
                 where cast(substr(identifier, 8) as integer) % 17 = 0
                """);
        data.run("""
                insert into tracker_coverage (tracker, partition, success_at, pending_at, pending_offset)
                select 'one', number, timestamptz '2026-03-10T12:00:00Z', '2026-03-10T12:00:00Z', 0
                  from generate_series(0, 1) number
                """);
        List<JsonNode> expected = readAllPages("limit=500&" + filter);
        int limit = Math.max(7, expected.size() / 9);

        for (String sort : List.of("weight", "-weight", "earningsDay", "-earningsTotal", "uptime", "-fetchedAt")) {
            assertThat(readAllPages("limit=" + limit + "&sort=" + sort + "&" + filter))
                    .hasSizeGreaterThan(1)
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isSortedAccordingTo(expectedOrder(sort));
        }
    }

    @Test
    void cursorSurvivesInsertsAndDeletes() {
        List.of("gonka1b", "gonka1d", "gonka1f").forEach(data::insertNode);
        String cursor = gateway.get("/api/v1/nodes?limit=2").get("nextCursor").asString();

        data.run("delete from nodes where identifier = 'gonka1d'");
        data.insertNode("gonka1a");
        data.insertNode("gonka1e");

        assertThat(listIdentifiers("limit=2&cursor=" + cursor)).containsExactly("gonka1e", "gonka1f");
    }

    @Test
    void supportsLongestIdentifiers() {
        String longest = "\uD83D\uDE00".repeat(254);
        List.of("a", "b").forEach(last -> data.insertNode(longest + last));
        data.run("insert into node_stats_cache (node_id, status, earnings_total) "
                + "select id, 'healthy', -123456789012.12345678 - ascii(right(identifier, 1)) from nodes");

        for (String sort : List.of("identifier", "-earningsTotal")) {
            JsonNode first = gateway.get("/api/v1/nodes?limit=1&sort=" + sort);
            assertThat(first.at("/items/0/identifier").asString()).isEqualTo(longest + "a");
            assertThat(listIdentifiers("sort=" + sort + "&cursor="
                            + first.get("nextCursor").asString()))
                    .containsExactly(longest + "b");
        }
        assertThat(gateway.get("/api/v1/nodes/" + URLEncoder.encode(longest + "a", UTF_8))
                        .get("identifier")
                        .asString())
                .isEqualTo(longest + "a");
    }

    @Test
    void returnsNodeWithEarnings() {
        UUID id = data.node("gonka1a").stats("healthy", NOW).insert();
        data.insertEarnings(id, TODAY, "1000000001", "provisional");
        data.insertEarnings(id, TODAY.minusDays(6), "20", "settled");
        data.insertEarnings(id, TODAY.minusDays(7), "300", "settled");
        data.insertEarnings(id, TODAY.minusDays(29), "-4000", "settled");
        data.insertEarnings(id, TODAY.minusDays(30), "48552031736571123", "settled");

        JsonNode node = gateway.get("/api/v1/nodes/gonka1a");

        assertThat(node.get("identifier").asString()).isEqualTo("gonka1a");
        assertThat(node.get("stats").get("status").asString()).isEqualTo("healthy");
        JsonNode earnings = node.get("earnings");
        assertThat(earnings.get("today").asString()).isEqualTo("1.000000001");
        assertThat(earnings.get("todayNgonka").asString()).isEqualTo("1000000001");
        assertThat(earnings.get("last7DaysNgonka").asString()).isEqualTo("1000000021");
        assertThat(earnings.get("last30DaysNgonka").asString()).isEqualTo("999996321");
        assertThat(earnings.get("totalNgonka").asString()).isEqualTo("48552032736567444");
        assertThat(earnings.get("total").asString()).isEqualTo("48552032.736567444");
        assertThat(earnings.get("history")).hasSize(4);
        assertThat(earnings.get("history").get(3))
                .hasToString("{\"date\":\"2026-03-10\",\"earningsGnk\":\"1.000000001\","
                        + "\"earningsNgonka\":\"1000000001\",\"unclaimedNgonka\":\"0\","
                        + "\"forfeitedNgonka\":\"0\",\"claimBefore\":null,\"source\":\"one\","
                        + "\"sources\":[\"one\"],\"state\":\"provisional\",\"reason\":null}");
    }

    /** An aggregator of an older release updates the amount in GNK only. */
    @Test
    void ignoresOutdatedExactAmount() {
        data.node("gonka1a").stats("healthy", NOW).insert();
        data.run("update node_stats_cache set earnings_total_ngonka = 1000000000001, earnings_day_ngonka = 7");

        JsonNode stats = gateway.get("/api/v1/nodes").at("/items/0/stats");

        assertThat(stats.get("earningsTotal").asString()).isEqualTo("1000.000000001");
        assertThat(stats.get("earningsDayNgonka").asString()).isEqualTo("12500000000");
    }

    @Test
    void omitsEmptyModels() {
        data.node("gonka1a").stats("healthy", NOW).model("").insert();
        data.node("gonka1b").stats("healthy", NOW).model("").insert();
        data.run("insert into node_facts (node_id, epoch, observed_at, models) "
                + "select id, 77, now(), array['', 'model-b'] from nodes where identifier = 'gonka1b'");

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.at("/0/stats/activeModel").isNull()).isTrue();
        assertThat(items.at("/0/stats/models")).isEmpty();
        assertThat(items.at("/1/stats/models")).hasToString("[\"model-b\"]");
    }

    @Test
    void inactiveStatsAreNull() {
        data.insertTracker("one", NOW, 10L, NOW);
        UUID left =
                data.node("gonka1a").stats("healthy", NOW.minusSeconds(9000)).insert();
        data.markOffline(left, "one", NOW.minusSeconds(9000));
        data.run("update node_facts set epoch = 76");
        UUID settled = data.insertNode("gonka1b");
        data.insertSettlement(settled, 70, Instant.parse("2026-03-02T06:00:00Z"), "500", "claimed", null);
        data.run("insert into node_earnings values ('" + settled + "', 500)");

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.get(0).get("stats"))
                .hasToString("{\"status\":\"inactive\",\"earningsDay\":null,\"earningsDayNgonka\":null,"
                        + "\"earningsTotal\":\"1000.000000000\",\"earningsTotalNgonka\":\"1000000000000\","
                        + "\"uptimePercent\":null,\"uptimeSeenMinutes\":null,\"tokensPerSec\":null,"
                        + "\"jobsDay\":null,\"activeModel\":null,\"models\":null,\"votingWeight\":null,"
                        + "\"weightShare\":null,\"rank\":null,\"participantStatus\":null,\"gpuCount\":null,"
                        + "\"jailedUntil\":null,\"missedRate\":null,\"invalidatedRate\":null,"
                        + "\"lastActiveEpoch\":76,\"source\":null,\"sources\":null,\"fetchedAt\":null,"
                        + "\"ageSeconds\":null,\"stale\":false}");
        assertThat(items.at("/1/stats/status").asString()).isEqualTo("inactive");
        assertThat(items.at("/1/stats/lastActiveEpoch").asLong()).isEqualTo(70);
        assertThat(items.at("/1/stats/earningsTotalNgonka").asString()).isEqualTo("500");
        assertThat(gateway.get("/api/v1/nodes/gonka1a").get("stats")).isEqualTo(items.at("/0/stats"));
    }

    @Test
    void sortsByTotalOfSettledNodes() {
        data.insertTracker("one", NOW, 10L, NOW);
        data.node("gonka1a").stats("healthy", NOW).insert();
        UUID settled = data.insertNode("gonka1b");
        data.insertSettlement(settled, 70, Instant.parse("2026-03-02T06:00:00Z"), "500", "claimed", null);
        data.run("insert into node_earnings values ('" + settled + "', 2000000000001)");
        // Nothing was ever reported of it, so its total is not shown.
        data.run("insert into node_earnings values ('" + data.insertNode("gonka1c") + "', 9000000000000)");

        assertThat(listIdentifiers("sort=-earningsTotal")).containsExactly("gonka1b", "gonka1a", "gonka1c");
        assertThat(listIdentifiers("sort=earningsTotal")).containsExactly("gonka1a", "gonka1b", "gonka1c");
        assertThat(listIdentifiers("sort=-earningsTotal&status=inactive")).containsExactly("gonka1b");
        JsonNode first = gateway.get("/api/v1/nodes?limit=1&sort=-earningsTotal");
        assertThat(listIdentifiers("limit=1&sort=-earningsTotal&cursor="
                        + first.get("nextCursor").asString()))
                .containsExactly("gonka1a");
    }

    @Test
    void agesSkipInactiveNodes() {
        data.insertTracker("one", NOW, 10L, NOW);
        data.node("gonka1a").stats("healthy", NOW.minusSeconds(10)).insert();
        UUID left =
                data.node("gonka1b").stats("healthy", NOW.minusSeconds(9000)).insert();
        data.node("gonka1c").stats("healthy", NOW.minusSeconds(20)).insert();
        data.markOffline(left, "one", NOW.minusSeconds(9000));
        data.run("update node_facts set epoch = 76");

        JsonNode items = gateway.get("/api/v1/nodes").get("items");

        assertThat(items.at("/0/stats/ageSeconds").asInt()).isEqualTo(10);
        assertThat(items.at("/1/stats/ageSeconds").isNull()).isTrue();
        assertThat(items.at("/2/stats/ageSeconds").asInt()).isEqualTo(20);
    }

    @Test
    void rateIsNullWithoutTraffic() {
        data.node("gonka1a").stats("healthy", NOW).insert();
        data.run("insert into node_facts (node_id, epoch, observed_at, inferences, missed, invalidated) "
                + "select id, 77, now(), 0, 0, 0 from nodes");

        JsonNode stats = gateway.get("/api/v1/nodes").at("/items/0/stats");

        assertThat(stats.get("missedRate").isNull()).isTrue();
        assertThat(stats.get("invalidatedRate").isNull()).isTrue();
    }

    @Test
    void rateNeverExceedsOne() {
        data.node("gonka1a").stats("healthy", NOW).insert();
        data.run("insert into node_facts (node_id, epoch, observed_at, inferences, missed, invalidated) "
                + "select id, 77, now(), 3, 0, 9 from nodes");

        JsonNode stats = gateway.get("/api/v1/nodes").at("/items/0/stats");

        assertThat(stats.get("invalidatedRate").asString()).isEqualTo("1");
        assertThat(stats.get("missedRate").asString()).isEqualTo("0");
    }

    @Test
    void usesStoredTotalOrSum() {
        UUID rolledUp = data.insertNode("gonka1a");
        data.insertEarnings(rolledUp, LocalDate.parse("2026-03-10"), "7", "settled");
        data.run("insert into node_earnings values ('" + rolledUp + "', 12345678901234567890)");
        data.insertEarnings(data.insertNode("gonka1b"), LocalDate.parse("2026-03-10"), "7", "settled");
        data.insertNode("gonka1c");

        assertThat(gateway.get("/api/v1/nodes/gonka1a")
                        .at("/earnings/totalNgonka")
                        .asString())
                .isEqualTo("12345678901234567890");
        assertThat(gateway.get("/api/v1/nodes/gonka1b")
                        .at("/earnings/totalNgonka")
                        .asString())
                .isEqualTo("7");
        assertThat(gateway.get("/api/v1/nodes/gonka1c")
                        .at("/earnings/totalNgonka")
                        .asString())
                .isEqualTo("0");
    }

    @Test
    void countsGnkOnlyRows() {
        UUID id = data.insertNode("gonka1a");
        data.run("insert into earnings_history (node_id, date, earnings_gnk) values ('" + id + "', '2026-03-10', 1.5)");

        assertThat(gateway.get("/api/v1/nodes/gonka1a")
                        .get("earnings")
                        .get("todayNgonka")
                        .asString())
                .isEqualTo("1500000000");
    }

    @Test
    void findsIdentifierInEitherCase() {
        data.insertNode("GONKA1UPPER");
        data.insertNode("gonka1lower");

        assertThat(gateway.get("/api/v1/nodes/gonka1upper").get("identifier").asString())
                .isEqualTo("GONKA1UPPER");
        assertThat(gateway.get("/api/v1/nodes/GONKA1LOWER").get("identifier").asString())
                .isEqualTo("gonka1lower");
    }

    @Test
    void unknownOrDeletedNodeIsNotFound() {
        data.insertNode("gonka1gone");
        data.run("update nodes set deleted_at = now()");

        for (String path : List.of(
                "gonka1gone",
                "gonka1never",
                "gonka1gone/earnings",
                "gonka1gone/health",
                "gonka1gone/epochs",
                "gonka1gone/history")) {
            var response = gateway.send("GET", "/api/v1/nodes/" + path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("No node has the identifier");
        }
        assertThat(listIdentifiers("")).isEmpty();
    }

    @Test
    void notFoundSaysWhetherAddressIsWellFormed() {
        String wellFormed = NodeIdentifier.wallet(new byte[20]).value();

        assertThat(gateway.send("GET", "/api/v1/nodes/" + wellFormed).body()).contains("\"wellFormed\":true");
        assertThat(gateway.send("GET", "/api/v1/nodes/gonka1never").body()).contains("\"wellFormed\":false");
    }

    @Test
    void runsOneStatementPerRequest() {
        data.run("""
                insert into nodes (identifier, identifier_type)
                select 'gonka1' || number, 'wallet' from generate_series(1, 600) number
                """);
        data.run("insert into node_stats_cache (node_id, status) select id, 'healthy' from nodes");
        gateway.takeStatementCount();

        for (String path : List.of(
                "/nodes?limit=500&q=gonka150",
                "/nodes?identifier=gonka11&identifier=gonka12",
                "/nodes/gonka11",
                "/nodes/gonka11/epochs",
                "/nodes/gonka11/history",
                "/epochs",
                "/network/history",
                "/nodes/gonka11/earnings",
                "/nodes/gonka11/health",
                "/earnings",
                "/network",
                "/trackers")) {
            gateway.get("/api/v1" + path);
            assertThat(gateway.takeStatementCount()).as(path).isEqualTo(1);
        }
        // A page that is not the only one counts the nodes, too, until the data change.
        for (String path : List.of("/nodes?limit=1", "/nodes?limit=500", "/nodes?limit=500&sort=-weight")) {
            gateway.get("/api/v1" + path);
            assertThat(gateway.takeStatementCount()).as(path).isEqualTo(2);
        }
    }

    @Test
    void totalCountsFilteredNodes() {
        IntStream.range(0, 9)
                .forEach(number -> data.node("gonka1n" + number)
                        .stats(number % 3 == 0 ? "jailed" : "healthy", NOW)
                        .insert());
        data.insertNode("gonka1never");
        data.insertNode("gonka1gone");
        data.run("update nodes set deleted_at = now() where identifier = 'gonka1gone'");

        assertThat(gateway.get("/api/v1/nodes").get("total").asLong()).isEqualTo(10);
        for (String sort : List.of("identifier", "-votingWeight")) {
            JsonNode first = gateway.get("/api/v1/nodes?limit=4&status=healthy&sort=" + sort);
            JsonNode second = gateway.get("/api/v1/nodes?limit=4&status=healthy&sort=" + sort + "&cursor="
                    + first.get("nextCursor").asString());
            assertThat(first.get("total").asLong()).isEqualTo(6);
            assertThat(second.get("total").asLong()).isEqualTo(6);
            assertThat(second.get("items")).hasSize(2);
        }
    }

    @Test
    void oldSortNameGivesSamePage() {
        data.node("gonka1a").stats("healthy", NOW).weight("5").uptime("9").insert();
        data.node("gonka1b").stats("healthy", NOW).weight("7").uptime("4").insert();
        data.node("gonka1c").stats("healthy", NOW).weight("6").uptime("7").insert();

        assertThat(gateway.get("/api/v1/nodes?limit=1&sort=-votingWeight"))
                .isEqualTo(gateway.get("/api/v1/nodes?limit=1&sort=-weight"));
        String cursor = gateway.get("/api/v1/nodes?limit=1&sort=uptime")
                .get("nextCursor")
                .asString();
        assertThat(listIdentifiers("sort=uptimePercent&cursor=" + cursor)).containsExactly("gonka1c", "gonka1a");
    }

    private List<JsonNode> readAllPages(String query) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = gateway.get("/api/v1/nodes?" + query + cursor);
            page.get("items").forEach(all::add);
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!cursor.isEmpty());
        return all;
    }

    private List<String> listIdentifiers(String query) {
        List<String> identifiers = new ArrayList<>();
        gateway.get("/api/v1/nodes?" + query)
                .get("items")
                .forEach(node -> identifiers.add(node.get("identifier").asString()));
        return identifiers;
    }

    private static Comparator<JsonNode> expectedOrder(String sort) {
        Comparator<JsonNode> byIdentifier =
                Comparator.comparing(node -> node.get("identifier").asString());
        if (sort.endsWith("identifier")) {
            return sort.startsWith("-") ? byIdentifier.reversed() : byIdentifier;
        }
        Comparator<JsonNode> byValue = Comparator.comparing(
                node -> value(node, sort.replace("-", "")),
                Comparator.nullsLast(
                        sort.startsWith("-") ? Comparator.<Double>reverseOrder() : Comparator.naturalOrder()));
        return byValue.thenComparing(NodesApiTest::isUnreported)
                .thenComparing(node -> node.get("id").asString());
    }

    /** Some tests have a settlement, but no report, of every 17th node. */
    private static boolean isUnreported(JsonNode node) {
        String number = node.get("identifier").asString().substring("gonka1n".length());
        return node.get("stats").isNull() || (number.matches("[0-9]+") && Integer.parseInt(number) % 17 == 0);
    }

    private static @Nullable Double value(JsonNode node, String sort) {
        String field = switch (sort) {
            case "weight" -> "votingWeight";
            case "uptime" -> "uptimePercent";
            default -> sort;
        };
        JsonNode value = node.get("stats").isNull()
                ? node.get("stats")
                : node.get("stats").get(field);
        if (value.isNull()) {
            return null;
        }
        return sort.equals("fetchedAt")
                ? Double.valueOf((double) Instant.parse(value.asString()).getEpochSecond())
                : Double.valueOf(value.asString());
    }
}
