package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.EarningsAggregatorMain;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.testkit.junit.MeasurementFile;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The running quickstart with default settings, as its user sees it. */
@Tag("process")
class RunningQuickstartTest {

    private static final int DAYS = 30;

    /** Not all 500 participants are in the network at the same time. */
    private static final int MIN_NODES = 400;

    /** Before a rebuild, and as many after it. */
    private static final int RESPONSES = 500;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    private static Path home;

    private static QuickstartProcess quickstart;

    private final InstantSource clock = InstantSource.system();

    @BeforeAll
    static void start() {
        quickstart = QuickstartProcess.startAndAwaitReady(data());
    }

    @AfterAll
    static void stop() {
        try (QuickstartProcess running = quickstart) {
            running.terminate();
        }
    }

    @Test
    void nodesHaveFreshStatsAfterStart() throws SQLException {
        awaitCount(MIN_NODES, """
                select count(*)
                  from current_node_stats
                 where fetched_at > now() - interval '1 minute'
                   and status <> 'offline'
                   and not stale
                """);
        assertThat(quickstart.count("select count(*) from trackers where last_success_at is not null"))
                .isPositive();
    }

    @Test
    void storesHistoryOfPastEpochs() throws Exception {
        awaitHistory();
        assertThat(recordsOf("tracker.snapshots")).isGreaterThan(DAYS * MIN_NODES);
        assertThat(recordsOf("tracker.polls")).isGreaterThanOrEqualTo(DAYS);
    }

    @Test
    void checkAcceptsHistory() throws Exception {
        awaitHistory();
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check")) {
            assertThat(check.exitCode()).isZero();
            assertThat(check.outputText()).contains("different: 0").hasLineCount(1);
        }
    }

    @Test
    void checkFindsChangedHistory() throws Exception {
        awaitHistory();
        addToHistory(10);
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check")) {
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.outputText())
                    .contains(", expected ", "different: 1")
                    .hasLineCount(2);
        } finally {
            addToHistory(-10);
        }
    }

    private static void addToHistory(int ngonka) throws SQLException {
        try (Connection connection = quickstart.database();
                PreparedStatement statement = connection.prepareStatement("""
                        update earnings_history
                           set earnings_ngonka = earnings_ngonka + ?, earnings_gnk = earnings_gnk + ? * 0.000000001
                         where id = (select id from earnings_history order by date, id limit 1)
                        """)) {
            statement.setInt(1, ngonka);
            statement.setInt(2, ngonka);
            statement.executeUpdate();
        }
    }

    /** {@code -Dmixed-load.minutes=10} reads longer. */
    @Test
    void totalsStayConsistentDuringRebuild() throws Exception {
        awaitHistory();
        QuickstartApiClient api = quickstart.api();
        ClosedDays closed = ClosedDays.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        String total = quickstart.value("select sum(earnings_ngonka) from earnings_daily where date between '"
                + closed.from() + "' and '" + closed.to() + "'");
        await().atMost(TIMEOUT).until(() -> closed.total(api).equals(total));
        Instant end = clock.instant().plus(Duration.ofMinutes(Integer.getInteger("mixed-load.minutes", 0)));
        MixedLoad load = MixedLoad.start(api, nodes(), closed);
        try (load) {
            awaitResponses(load, RESPONSES);
            try (ProgramProcess rebuild = startRebuild()) {
                await().pollInterval(Duration.ofMillis(10)).atMost(TIMEOUT).until(() -> {
                    assertThat(closed.total(api)).isEqualTo(total);
                    return !rebuild.isAlive();
                });
                assertThat(rebuild.exitCode()).as(rebuild::outputText).isZero();
            }
            awaitResponses(load, load.responseCount() + RESPONSES);
            while (clock.instant().isBefore(end)) {
                assertThat(closed.total(api)).isEqualTo(total);
            }
            assertThat(closed.total(api)).isEqualTo(total);
        }
        MeasurementFile.of(RunningQuickstartTest.class).add("Mixed load: %s", load);
        assertThat(load.errors()).isEmpty();
    }

    /** Returns early after an error, so that the test reports it instead of a timeout. */
    private static void awaitResponses(MixedLoad load, int count) {
        await().atMost(TIMEOUT)
                .until(() -> load.responseCount() >= count || !load.errors().isEmpty());
    }

    private List<String> nodes() {
        return SimulatedNetwork.of(QuickstartOptions.networkPlan(1, 500), clock)
                .nodes()
                .map(NodeIdentifier::value)
                .toList();
    }

    /** In its own process while the service runs, as an operator starts it. */
    private static ProgramProcess startRebuild() {
        return ProgramProcess.of(EarningsAggregatorMain.class)
                .arguments("rebuild", "--spring.kafka.bootstrap-servers=" + quickstart.address("Kafka"))
                .arguments("--spring.datasource.url="
                        + quickstart.address("PostgreSQL").replaceFirst("\\?.*", ""))
                .arguments("--spring.datasource.username=postgres", "--spring.datasource.password=")
                .start();
    }

    @Test
    void refusesDirectoryInUse() throws Exception {
        try (QuickstartProcess second = QuickstartProcess.start(data())) {
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.outputText())
                    .contains(data().toString(), "in use by process " + quickstart.pid())
                    .hasLineCount(1);
        }
    }

    @Test
    void simulatedNetworkResponds() throws Exception {
        URI tracker = URI.create(quickstart.address("Gonka network"));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(tracker).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"participants\":[{\"index\":\"gonka1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "tracker-poller", "stats-writer", "earnings-aggregator", "job-recorder"})
    void writesUrlOfService(String service) {
        JsonNode info = new QuickstartApiClient(url(service)).get("/actuator/info");

        assertThat(info.at("/build/version").asString()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        if (Files.exists(Path.of("..", ".git"))) {
            assertThat(info.at("/git/commit/id").asString()).matches("[0-9a-f]{7}");
        }
    }

    @Test
    void writesUrlsOfNetwork() {
        assertThat(quickstart.address("Gonka network")).startsWith(url("tracker") + "/api/v1/");
        assertThat(new QuickstartApiClient(url("chain"))
                        .get("/v1/epochs/latest")
                        .at("/latest_epoch/index")
                        .asInt())
                .isPositive();
    }

    private static String url(String part) {
        return RunningProperties.read(data()).values().getOrDefault(part + ".url", "");
    }

    /** Waits until the history of the past epochs is applied. */
    private static void awaitHistory() throws Exception {
        quickstart.awaitLine("all fetched");
        awaitCount(Math.toIntExact(recordsOf("tracker.snapshots")), """
                select coalesce(sum(next_offset), 0)
                  from consumer_offsets
                 where consumer_group = 'earnings-aggregator'
                   and topic = 'tracker.snapshots'
                """);
        awaitCount(DAYS * MIN_NODES, "select count(*) from earnings_history");
    }

    private static void awaitCount(int minimum, String sql) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(quickstart.count(sql)).isGreaterThanOrEqualTo(minimum));
    }

    private static long recordsOf(String topic) throws Exception {
        try (Admin admin = quickstart.admin()) {
            TopicDescription described = requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            Map<TopicPartition, OffsetSpec> ends = described.partitions().stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static Path data() {
        return home.resolve("data");
    }
}
