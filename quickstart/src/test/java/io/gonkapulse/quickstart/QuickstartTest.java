package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its user has it: in a process of its own, with real signals. */
class QuickstartTest {

    /** Where the network does not matter. */
    private static final String FEW = "--nodes=3";

    @TempDir
    private Path home;

    @Test
    void whatWasKeptIsThereAfterACleanStop() throws Exception {
        try (QuickstartProcess first = QuickstartProcess.startAndAwaitReady(data(), FEW)) {
            keepSomething(first);
            first.terminate();

            assertThat(first.said()).containsPattern("Schema +step \\d+, [1-9]\\d* applied now");
            assertThat(first.said()).containsSubsequence("Stopping", "Kafka", "stopped", "PostgreSQL", "stopped");
            assertThat(postgresProcessesIn(data())).isEmpty();
        }
        try (QuickstartProcess second = QuickstartProcess.startAndAwaitReady(data(), FEW)) {
            assertThat(keptRows(second)).isEqualTo(1);
            assertThat(topics(second)).contains("kept");
            assertThat(second.said()).containsPattern("Schema +step \\d+, 0 applied now");
            second.terminate();
        }
    }

    @Test
    void whatWasKeptIsThereAfterAKill() throws Exception {
        List<Long> orphans;
        try (QuickstartProcess first = QuickstartProcess.startAndAwaitReady(data(), FEW)) {
            keepSomething(first);
            orphans = postgresProcessesIn(data());
            assertThat(orphans).isNotEmpty();
            first.kill();
        }
        try (QuickstartProcess second = QuickstartProcess.startAndAwaitReady(data(), FEW)) {
            assertThat(keptRows(second)).isEqualTo(1);
            assertThat(topics(second)).contains("kept");
            assertThat(postgresProcessesIn(data())).isNotEmpty().doesNotContainAnyElementsOf(orphans);
            second.terminate();

            assertThat(postgresProcessesIn(data())).isEmpty();
        }
    }

    @Test
    void freshForgetsWhatWasKept() throws Exception {
        try (QuickstartProcess first = QuickstartProcess.startAndAwaitReady(data(), FEW)) {
            keepSomething(first);
            first.terminate();
        }
        try (QuickstartProcess second = QuickstartProcess.startAndAwaitReady(data(), FEW, "--fresh")) {
            assertThat(topics(second)).doesNotContain("kept");
            second.terminate();
        }
    }

    @Test
    void theSecondOnTheSameDataIsToldWhoHasIt() throws Exception {
        try (QuickstartProcess first = QuickstartProcess.startAndAwaitReady(data(), FEW);
                QuickstartProcess second = QuickstartProcess.start(data()).awaitEnd()) {
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.said())
                    .contains(data().toString(), "in use by process " + first.pid())
                    .hasLineCount(1);
            first.terminate();
        }
    }

    @Test
    void aTakenPortIsNamedInOneLineAndWhatRanIsStopped() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                QuickstartProcess quickstart = QuickstartProcess.start(data(), "--kafka-port=" + taken.getLocalPort())
                        .awaitEnd()) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.said()).contains("Port " + taken.getLocalPort() + " is taken, and Kafka");
            assertThat(postgresProcessesIn(data())).isEmpty();
        }
    }

    @Test
    void theSimulatedNetworkAnswersOnItsPorts() throws Exception {
        try (QuickstartProcess quickstart = QuickstartProcess.startAndAwaitReady(data(), "--nodes=3")) {
            URI tracker = URI.create(quickstart.address("Gonka network"));
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(tracker).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"participants\":[{\"index\":\"gonka1");
            quickstart.terminate();
        }
    }

    @Test
    void thePastOfTheNetworkIsFetchedAtTheFirstStart() throws Exception {
        try (QuickstartProcess quickstart = QuickstartProcess.startAndAwaitReady(data(), "--nodes=20")) {
            quickstart.awaitLine("all fetched");
            assertThat(recordsOf(quickstart, "tracker.snapshots")).isGreaterThan(30 * 15);
            assertThat(recordsOf(quickstart, "tracker.polls")).isGreaterThanOrEqualTo(30);
            checkFindsTheTruthAndWhatIsNot(quickstart);
            quickstart.terminate();
        }
    }

    private void checkFindsTheTruthAndWhatIsNot(QuickstartProcess quickstart) throws Exception {
        Instant soon = InstantSource.system().instant().plusSeconds(60);
        while (count(quickstart, "select count(*) from earnings_history") < 30 * 15) {
            assertThat(InstantSource.system().instant()).isBefore(soon);
        }
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check").awaitEnd()) {
            assertThat(check.said()).contains("different: 0").hasLineCount(1);
            assertThat(check.exitCode()).isZero();
        }
        try (Connection connection = DriverManager.getConnection(quickstart.address("PostgreSQL"));
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    update earnings_history
                       set earnings_ngonka = earnings_ngonka + 10, earnings_gnk = earnings_gnk + 0.00000001
                     where id = (select id from earnings_history order by date limit 1)
                    """);
        }
        try (QuickstartProcess check = QuickstartProcess.start(data(), "check").awaitEnd()) {
            assertThat(check.said())
                    .contains("and the network says", "different: 1")
                    .hasLineCount(2);
            assertThat(check.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void everyNodeHasFreshStatsSecondsAfterTheStart() throws Exception {
        try (QuickstartProcess quickstart = QuickstartProcess.startAndAwaitReady(data())) {
            String fresh = """
                    select count(*)
                      from current_node_stats
                     where fetched_at > now() - interval '1 minute'
                       and status <> 'offline'
                       and not stale
                    """;
            Instant soon = InstantSource.system().instant().plusSeconds(60);
            while (count(quickstart, fresh) < 400) {
                assertThat(InstantSource.system().instant()).isBefore(soon);
            }
            assertThat(count(quickstart, "select count(*) from trackers where last_success_at is not null"))
                    .isPositive();
            quickstart.terminate();
        }
    }

    @Test
    void aDirectoryThatHoldsSomethingElseIsLeftAlone() throws Exception {
        Path precious = Files.writeString(home.resolve("precious"), "keep me");
        try (QuickstartProcess quickstart =
                QuickstartProcess.start(home, "--fresh").awaitEnd()) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.said()).contains("was not made by quickstart");
            assertThat(precious).hasContent("keep me");
        }
    }

    @Test
    void aWrongSettingIsNamedAndNothingStarts() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "--nodes=many",
                        "--nodes",
                        "--nodes=0",
                        "at least 1 participant",
                        "--kafka-port=70000",
                        "0 to 65535",
                        "--ports=1",
                        "--ports")
                .entrySet()) {
            try (QuickstartProcess quickstart =
                    QuickstartProcess.start(data(), wrong.getKey()).awaitEnd()) {
                assertThat(quickstart.exitCode()).isEqualTo(2);
                assertThat(quickstart.said()).contains(wrong.getValue());
                assertThat(data()).doesNotExist();
            }
        }
    }

    @Test
    void helpSaysEverySetting() throws Exception {
        try (QuickstartProcess quickstart =
                QuickstartProcess.start(data(), "--help").awaitEnd()) {
            assertThat(quickstart.exitCode()).isZero();
            assertThat(quickstart.said())
                    .contains("--dir", "--fresh", "--nodes", "--seed", "--kafka-port", "-Dquickstart.fresh=true");
        }
    }

    private Path data() {
        return home.resolve("data");
    }

    private static long recordsOf(QuickstartProcess quickstart, String topic) throws Exception {
        try (Admin admin = admin(quickstart)) {
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

    private static void keepSomething(QuickstartProcess quickstart) throws Exception {
        try (Connection connection = DriverManager.getConnection(quickstart.address("PostgreSQL"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 1 as one");
        }
        try (Admin admin = admin(quickstart)) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static int keptRows(QuickstartProcess quickstart) throws SQLException {
        return count(quickstart, "select count(*) from kept");
    }

    private static int count(QuickstartProcess quickstart, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(quickstart.address("PostgreSQL"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Set<String> topics(QuickstartProcess quickstart) throws ExecutionException, InterruptedException {
        try (Admin admin = admin(quickstart)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(QuickstartProcess quickstart) {
        return Admin.create(Map.of("bootstrap.servers", quickstart.address("Kafka")));
    }

    private static List<Long> postgresProcessesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .map(ProcessHandle::pid)
                .toList();
    }
}
