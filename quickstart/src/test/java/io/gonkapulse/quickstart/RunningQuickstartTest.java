package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running quickstart with default settings, as its user sees it. */
@Tag("process")
class RunningQuickstartTest {

    private static final int DAYS = 30;

    /** Not all 500 participants are in the network at the same time. */
    private static final int MIN_NODES = 400;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private static Path home;

    private static QuickstartProcess quickstart;

    @BeforeAll
    static void start() throws Exception {
        quickstart = QuickstartProcess.startAndAwaitReady(data());
    }

    @AfterAll
    static void stop() throws Exception {
        try (QuickstartProcess ending = quickstart) {
            ending.terminate();
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
    void checkFindsChangedHistory() throws Exception {
        quickstart.awaitLine("all fetched");
        assertThat(recordsOf("tracker.snapshots")).isGreaterThan(DAYS * MIN_NODES);
        assertThat(recordsOf("tracker.polls")).isGreaterThanOrEqualTo(DAYS);
        awaitCount(DAYS * MIN_NODES, "select count(*) from earnings_history");
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check").awaitEnd()) {
            assertThat(check.outputText()).contains("different: 0").hasLineCount(1);
            assertThat(check.exitCode()).isZero();
        }
        try (Connection connection = quickstart.database();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    update earnings_history
                       set earnings_ngonka = earnings_ngonka + 10, earnings_gnk = earnings_gnk + 0.00000001
                     where id = (select id from earnings_history order by date limit 1)
                    """);
        }
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check").awaitEnd()) {
            assertThat(check.outputText())
                    .contains(", expected ", "different: 1")
                    .hasLineCount(2);
            assertThat(check.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesDirectoryInUse() throws Exception {
        try (QuickstartProcess second = QuickstartProcess.start(data()).awaitEnd()) {
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

    private static void awaitCount(int minimum, String sql) {
        Awaitility.await()
                .atMost(TIMEOUT)
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
