package io.gonkapulse.apigateway.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarningsApiTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private static final String NO_REWARDS =
            "\"unclaimedNgonka\":\"0\",\"forfeitedNgonka\":\"0\",\"claimBefore\":null,";

    private final TestDatabase database;
    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final GatewayTestData data;
    private final TestGateway gateway;

    EarningsApiTest(TestDatabase database) {
        this.database = database;
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, clock, "--gateway.max-lookup-statements=1");
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
    void returnsLastThirtyDays() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY, "1", "provisional");
        data.insertEarnings(id, TODAY.minusDays(1), "0", "settled");
        data.insertEarnings(id, TODAY.minusDays(29), "48552031736571123", "settled");
        data.insertEarnings(id, TODAY.minusDays(30), "7", "settled");

        assertThat(gateway.get("/api/v1/nodes/gonka1a/earnings"))
                .hasToString("{\"identifier\":\"gonka1a\",\"interval\":\"day\",\"from\":\"2026-02-09\","
                        + "\"to\":\"2026-03-10\",\"historyStart\":\"2026-02-08\",\"total\":\"48552031.736571124\","
                        + "\"totalNgonka\":\"48552031736571124\",\"unclaimedNgonka\":\"0\","
                        + "\"forfeitedNgonka\":\"0\",\"items\":["
                        + "{\"date\":\"2026-02-09\",\"from\":\"2026-02-09\",\"to\":\"2026-02-09\","
                        + "\"complete\":true,\"earningsGnk\":\"48552031.736571123\","
                        + "\"earningsNgonka\":\"48552031736571123\"," + NO_REWARDS
                        + "\"source\":\"one\",\"sources\":[\"one\"],\"state\":\"settled\",\"reason\":null},"
                        + "{\"date\":\"2026-03-10\",\"from\":\"2026-03-10\",\"to\":\"2026-03-10\","
                        + "\"complete\":false,\"earningsGnk\":\"0.000000001\",\"earningsNgonka\":\"1\","
                        + NO_REWARDS + "\"source\":\"one\",\"sources\":[\"one\"],\"state\":\"provisional\","
                        + "\"reason\":null}]}");
    }

    @Test
    void fillsEmptyDaysOnRequest() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY, "5", "settled");
        data.insertEarnings(id, TODAY.minusDays(80), "7", "settled");

        JsonNode items = gateway.get("/api/v1/nodes/gonka1a/earnings?fill=true").get("items");

        assertThat(items).hasSize(30);
        assertThat(items.get(0))
                .hasToString("{\"date\":\"2026-02-09\",\"from\":\"2026-02-09\",\"to\":\"2026-02-09\","
                        + "\"complete\":true,\"earningsGnk\":\"0.000000000\",\"earningsNgonka\":\"0\","
                        + NO_REWARDS + "\"source\":null,\"sources\":[],\"state\":null,\"reason\":null}");
        assertThat(items.get(29).get("earningsNgonka").asString()).isEqualTo("5");
    }

    @Test
    void groupsDaysByWeekAndMonth() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, LocalDate.parse("2026-03-01"), "1", "settled");
        data.insertEarnings(id, LocalDate.parse("2026-03-02"), "10", "settled");
        data.insertEarnings(id, LocalDate.parse("2026-03-08"), "100", "settled");
        data.insertEarnings(id, LocalDate.parse("2026-03-09"), "1000", "provisional");

        JsonNode weeks = gateway.get("/api/v1/nodes/gonka1a/earnings?interval=week&from=2026-02-28")
                .get("items");
        JsonNode months = gateway.get("/api/v1/nodes/gonka1a/earnings?interval=month&fill=true")
                .get("items");

        assertThat(weeks.valueStream().map(EarningsApiTest::format))
                .containsExactly("2026-02-23 1 settled", "2026-03-02 110 settled", "2026-03-09 1000 provisional");
        assertThat(months.valueStream().map(EarningsApiTest::format)).containsExactly("2026-03-01 1111 provisional");
    }

    @Test
    void fillStartsWithHistory() {
        data.insertEarnings(data.insertNode("gonka1a"), TODAY.minusDays(2), "5", "settled");
        data.insertNode("gonka1never");

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            JsonNode response = gateway.get(route + "?fill=true");
            assertThat(response.get("historyStart").asString()).isEqualTo("2026-03-08");
            assertThat(response.get("items")
                            .valueStream()
                            .map(item -> item.get("date").asString()))
                    .containsExactly("2026-03-08", "2026-03-09", "2026-03-10");
        }
        JsonNode never = gateway.get("/api/v1/nodes/gonka1never/earnings?fill=true");
        assertThat(never.get("historyStart").isNull()).isTrue();
        assertThat(never.get("items")).isEmpty();
    }

    @Test
    void fillEndsToday() {
        data.insertEarnings(data.insertNode("gonka1a"), TODAY.minusDays(40), "5", "settled");

        JsonNode items = gateway.get("/api/v1/nodes/gonka1a/earnings?fill=true&from=2026-03-09&to=2026-04-01")
                .get("items");

        assertThat(items.valueStream().map(item -> item.get("date").asString()))
                .containsExactly("2026-03-09", "2026-03-10");
    }

    @Test
    void bucketsNameTheirDays() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, LocalDate.parse("2026-01-14"), "1", "settled");

        JsonNode months = gateway.get(
                        "/api/v1/nodes/gonka1a/earnings?interval=month&fill=true&from=2025-12-01&to=2026-12-31")
                .get("items");
        JsonNode weeks = gateway.get("/api/v1/earnings?interval=week&fill=true&from=2026-02-25&to=2026-03-08")
                .get("items");

        assertThat(months.valueStream().map(EarningsApiTest::formatDays))
                .containsExactly(
                        "2026-01-01 2026-01-14 2026-01-31 false",
                        "2026-02-01 2026-02-01 2026-02-28 true",
                        "2026-03-01 2026-03-01 2026-03-10 false");
        assertThat(weeks.valueStream().map(EarningsApiTest::formatDays))
                .containsExactly("2026-02-23 2026-02-25 2026-03-01 false", "2026-03-02 2026-03-02 2026-03-08 true");
    }

    @Test
    void defaultRangeIsWholeBuckets() {
        data.insertNode("gonka1a");

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            assertThat(gateway.get(route + "?interval=week").get("from").asString())
                    .isEqualTo("2026-02-09");
            assertThat(gateway.get(route + "?interval=month").get("from").asString())
                    .isEqualTo("2026-02-01");
            assertThat(gateway.get(route + "?interval=month&from=2026-02-03")
                            .get("from")
                            .asString())
                    .isEqualTo("2026-02-03");
        }
    }

    @Test
    void unclaimedDayIsProvisional() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY.minusDays(1), "2251", "settled");
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "9", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251", "unclaimed", null);

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            JsonNode response = gateway.get(route);
            JsonNode day = response.get("items").get(0);
            assertThat(response.get("unclaimedNgonka").asString()).isEqualTo("2251");
            assertThat(day.get("date").asString()).isEqualTo("2026-03-09");
            assertThat(day.get("unclaimedNgonka").asString()).isEqualTo("2251");
            assertThat(day.get("state").asString()).isEqualTo("provisional");
            assertThat(day.get("reason").asString()).isEqualTo("unclaimed");
            assertThat(day.get("claimBefore")).hasToString("{\"epoch\":79,\"at\":\"2026-03-11T10:30:00Z\"}");
            assertThat(gateway.get(route + "?interval=month")
                            .at("/items/0/reason")
                            .asString())
                    .isEqualTo("unclaimed");
        }
        assertThat(data.selectOne("select state from earnings_history")).isEqualTo("settled");
    }

    /** The reward was taken back on a day that had the same amount of other earnings. */
    @Test
    void showsForfeitedDayWithoutNetEarnings() {
        UUID id = data.insertNode("gonka1a");
        Instant forfeited = Instant.parse("2026-03-08T06:00:00Z");
        data.insertEarnings(id, TODAY.minusDays(2), "0", "settled");
        data.insertSettlement(id, 70, Instant.parse("2026-03-02T06:00:00Z"), "500", "forfeited", forfeited);

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            JsonNode response = gateway.get(route);
            assertThat(response.get("forfeitedNgonka").asString()).isEqualTo("500");
            assertThat(response.get("items")).hasSize(1);
            assertThat(response.at("/items/0/date").asString()).isEqualTo("2026-03-08");
            assertThat(response.at("/items/0/forfeitedNgonka").asString()).isEqualTo("500");
            assertThat(response.at("/items/0/claimBefore").isNull()).isTrue();
        }
    }

    @Test
    void namesDaysWithoutSettlement() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY.minusDays(4), "7", "settled");
        data.insertSettlement(id, 75, Instant.parse("2026-03-06T23:30:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-08T01:10:00Z"), "7", "claimed", null);

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            JsonNode items = gateway.get(route + "?fill=true").get("items");
            assertThat(items.valueStream()
                            .map(item -> item.get("date").asString() + " "
                                    + item.get("reason").asString("")))
                    .containsExactly(
                            "2026-03-06 ", "2026-03-07 no_settlement", "2026-03-08 ", "2026-03-09 ", "2026-03-10 ");
            assertThat(items.get(1).get("state").isNull()).isTrue();
        }
    }

    @Test
    void weekIgnoresMondayWithoutSettlement() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, LocalDate.parse("2026-03-03"), "7", "settled");
        data.insertSettlement(id, 75, Instant.parse("2026-03-01T23:30:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-03T01:10:00Z"), "7", "claimed", null);

        JsonNode week = gateway.get("/api/v1/nodes/gonka1a/earnings?interval=week&from=2026-03-02&to=2026-03-08")
                .at("/items/0");

        assertThat(week.get("date").asString()).isEqualTo("2026-03-02");
        assertThat(week.get("reason").isNull()).isTrue();
    }

    @Test
    void listsSeveralSources() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY, "5", "settled");
        data.insertEarnings(id, TODAY.minusDays(1), "5", "settled");
        data.run("update earnings_history set source = 'two, three' where date = '2026-03-10'");

        for (String route : List.of("/api/v1/nodes/gonka1a/earnings", "/api/v1/earnings")) {
            JsonNode month = gateway.get(route + "?interval=month").at("/items/0");
            assertThat(month.get("source").isNull()).isTrue();
            assertThat(month.get("sources")).hasToString("[\"one\",\"two, three\"]");
        }
    }

    @Test
    void sumsEveryIntervalExactly() {
        UUID id = data.insertNode("gonka1a");
        Random random = new Random(7);
        Map<LocalDate, BigInteger> days = new TreeMap<>();
        for (LocalDate day = TODAY.minusDays(399); !day.isAfter(TODAY); day = day.plusDays(1)) {
            BigInteger amount = new BigInteger(70, random).subtract(BigInteger.TWO.pow(68));
            days.put(day, amount);
        }
        data.insertEarnings(id, days, "settled");

        assertIntervalSums("day", days, UnaryOperator.identity());
        assertIntervalSums("week", days, day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        assertIntervalSums("month", days, day -> day.withDayOfMonth(1));
    }

    @Test
    void countsEarningNodes() {
        UUID one = data.insertNode("gonka1a");
        UUID other = data.insertNode("gonka1b");
        data.insertEarnings(one, TODAY, "3", "settled");
        data.insertEarnings(other, TODAY, "4", "provisional");
        data.insertEarnings(one, TODAY.minusDays(1), "5", "settled");
        data.insertEarnings(other, TODAY.minusDays(1), "0", "settled");
        data.run("update nodes set deleted_at = now() where identifier = 'gonka1b'");

        assertThat(gateway.get("/api/v1/earnings?from=2026-03-09"))
                .hasToString("{\"interval\":\"day\",\"from\":\"2026-03-09\",\"to\":\"2026-03-10\","
                        + "\"historyStart\":\"2026-03-09\",\"total\":\"0.000000012\",\"totalNgonka\":\"12\","
                        + "\"unclaimedNgonka\":\"0\",\"forfeitedNgonka\":\"0\",\"items\":["
                        + "{\"date\":\"2026-03-09\",\"from\":\"2026-03-09\",\"to\":\"2026-03-09\","
                        + "\"complete\":true,\"earningsGnk\":\"0.000000005\",\"earningsNgonka\":\"5\"," + NO_REWARDS
                        + "\"source\":\"one\",\"sources\":[\"one\"],\"state\":\"settled\",\"reason\":null,"
                        + "\"nodes\":1},"
                        + "{\"date\":\"2026-03-10\",\"from\":\"2026-03-10\",\"to\":\"2026-03-10\","
                        + "\"complete\":false,\"earningsGnk\":\"0.000000007\",\"earningsNgonka\":\"7\"," + NO_REWARDS
                        + "\"source\":\"one\",\"sources\":[\"one\"],\"state\":\"provisional\",\"reason\":null,"
                        + "\"nodes\":2}]}");
        assertThat(gateway.get("/api/v1/earnings?from=2026-03-01&interval=week")
                        .get("items")
                        .get(0)
                        .get("nodes")
                        .asInt())
                .isEqualTo(2);
    }

    /** Ranges start and end anywhere in a bucket. */
    @Test
    void countsNodeOncePerBucket() {
        Random random = new Random(13);
        for (int number = 0; number < 6; number++) {
            Map<LocalDate, BigInteger> days = new TreeMap<>();
            for (LocalDate day = TODAY.minusDays(100); !day.isAfter(TODAY); day = day.plusDays(1)) {
                if (random.nextInt(1 + 5 * number) == 0) {
                    days.put(day, BigInteger.valueOf(random.nextInt(3) - 1));
                }
            }
            data.insertEarnings(data.insertNode("gonka1n" + number), days, "settled");
        }
        for (String interval : List.of("day", "week", "month")) {
            for (int range = 0; range < 12; range++) {
                LocalDate from = TODAY.minusDays(random.nextInt(100));
                LocalDate to = from.plusDays(random.nextInt(100));
                Map<String, Long> nodes = new TreeMap<>();
                gateway.get("/api/v1/earnings?fill=true&interval=" + interval + "&from=" + from + "&to=" + to)
                        .get("items")
                        .forEach(item -> nodes.put(
                                item.get("date").asString(), item.get("nodes").asLong()));
                assertThat(nodes).isNotEmpty();
                nodes.forEach((date, counted) -> assertThat(counted)
                        .as("%s of %s in %s to %s", interval, date, from, to)
                        .isEqualTo(data.countEarningNodes(interval, LocalDate.parse(date), from, to)));
            }
        }
    }

    @Test
    void returnsCsv() {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY, "1500000000", "provisional");
        data.run("update earnings_history set source = 'say \"hi\", you'");

        var node = gateway.send("GET", "/api/v1/nodes/gonka1a/earnings", "Accept", "text/csv");
        var all = gateway.send("GET", "/api/v1/earnings", "Accept", "text/csv");

        assertThat(node.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(node.headers().allValues("Vary")).contains("Accept");
        assertThat(node.body().replace("\r\n", "\n")).isEqualTo("""
                date,earningsGnk,earningsNgonka,source,state,from,to,complete,unclaimedNgonka,forfeitedNgonka,reason,sources
                2026-03-10,1.500000000,1500000000,"say ""hi"", you",provisional,2026-03-10,2026-03-10,false,0,0,,"say ""hi"", you"
                """);
        assertThat(all.body().replace("\r\n", "\n")).isEqualTo("""
                date,earningsGnk,earningsNgonka,source,state,nodes,from,to,complete,unclaimedNgonka,forfeitedNgonka,reason,sources
                2026-03-10,1.500000000,1500000000,"say ""hi"", you",provisional,1,2026-03-10,2026-03-10,false,0,0,,"say ""hi"", you"
                """);
        assertThat(all.body().lines().count()).isEqualTo(all.body().split("\r\n", -1).length - 1L);
    }

    /** Only one statement may run, and it is blocked. So the later requests are in the same batch. */
    @Test
    void batchesConcurrentCsvAndJson() throws Exception {
        UUID id = data.insertNode("gonka1a");
        data.insertEarnings(id, TODAY, "1500000000", "settled");
        data.insertEarnings(id, TODAY.minusDays(1), "7", "settled");
        data.insertNode("gonka1b");
        ExecutorService clients = Executors.newCachedThreadPool();
        try (Connection locker = database.dataSource().getConnection()) {
            locker.setAutoCommit(false);
            for (int attempt = 0; attempt < 5; attempt++) {
                locker.createStatement().execute("lock table earnings_history in access exclusive mode");
                Future<JsonNode> first = clients.submit(() -> gateway.get("/api/v1/nodes/gonka1b/earnings"));
                await().atMost(ONE_MINUTE).until(() -> inFlight() == 1);
                String route = "/api/v1/nodes/gonka1a/earnings";
                Future<JsonNode> json = clients.submit(() -> gateway.get(route));
                Future<HttpResponse<String>> csv =
                        clients.submit(() -> gateway.send("GET", route, "Accept", "text/csv"));
                await().atMost(ONE_MINUTE).until(() -> inFlight() == 3);
                locker.rollback();

                assertThat(first.get().get("totalNgonka").asString()).isEqualTo("0");
                assertThat(json.get().get("totalNgonka").asString()).isEqualTo("1500000007");
                assertThat(csv.get().body().lines())
                        .hasSize(3)
                        .contains(
                                "2026-03-10,1.500000000,1500000000,one,settled,2026-03-10,2026-03-10,false,0,0,,one",
                                "2026-03-09,0.000000007,7,one,settled,2026-03-09,2026-03-09,true,0,0,,one");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private double inFlight() {
        return gateway.send("GET", "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("gonkapulse_gateway_requests_in_flight"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void assertIntervalSums(String interval, Map<LocalDate, BigInteger> days, UnaryOperator<LocalDate> start) {
        Map<LocalDate, BigInteger> expected = new TreeMap<>();
        days.forEach((day, amount) -> expected.merge(start.apply(day), amount, BigInteger::add));
        JsonNode response = gateway.get("/api/v1/nodes/gonka1a/earnings?interval=" + interval + "&from=2025-02-04");
        Map<LocalDate, BigInteger> returned = new TreeMap<>();
        response.get("items")
                .forEach(item -> returned.put(
                        LocalDate.parse(item.get("date").asString()),
                        new BigInteger(item.get("earningsNgonka").asString())));

        assertThat(returned).isEqualTo(expected);
        assertThat(response.get("totalNgonka").asString())
                .isEqualTo(days.values().stream()
                        .reduce(BigInteger.ZERO, BigInteger::add)
                        .toString());
    }

    private static String formatDays(JsonNode item) {
        return item.get("date").asString() + " " + item.get("from").asString() + " "
                + item.get("to").asString() + " " + item.get("complete").asBoolean();
    }

    private static String format(JsonNode item) {
        return item.get("date").asString() + " " + item.get("earningsNgonka").asString() + " "
                + (item.get("state").isNull() ? "null" : item.get("state").asString());
    }
}
