package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two dead letters: one that the tables rejected, and would accept by now, and one that nothing can read. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLetterCommandsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final NodeIdentifier NODE = TestMessages.node(1);

    private final TestBroker broker;
    private final TestDatabase database;
    private final StatsWriterFixture writer;
    private final Map<String, String> environment = new HashMap<>();

    DeadLetterCommandsTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        StatsWriterFixture.createSchema(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), KafkaTopic.SNAPSHOTS.partitions());
        this.writer = new StatsWriterFixture(broker, database);
    }

    @BeforeAll
    void createDeadLetters() {
        writer.jdbc.execute("alter table node_stats_cache add constraint no_ones check (tokens_per_sec <> 1)");
        writer.send(TestMessages.live()
                .node(NODE)
                .at(InstantSource.system().instant())
                .tokensPerSecond(BigDecimal.ONE)
                .build());
        writer.send(KafkaTopic.SNAPSHOTS, NODE.value(), "{".getBytes(UTF_8));
        writer.flush();
        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, 2));
        assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS, 2)).containsExactly(2L, 0L, 0L, 2L);
        writer.jdbc.execute("alter table node_stats_cache drop constraint no_ones");
    }

    @BeforeEach
    void clear() {
        environment.clear();
        writer.jdbc.execute("truncate nodes cascade");
    }

    @AfterAll
    void stop() {
        writer.close();
    }

    @Test
    void listsReasonsAndPendingRecords() {
        assertThat(run("dlt", "list")).contains("SQLSTATE 23514", "NOT_JSON", "1 pending");
    }

    @Test
    void showsErrorsAndValues() {
        assertThat(run("dlt", "show", "--limit", "5")).contains("no_ones", "value {", "\"tokensPerSecond\":1");
    }

    @Test
    void dryRunSendsNothing() {
        assertThat(run("dlt", "replay", "--dry-run")).contains("2 would be sent");
        assertThat(run("dlt", "list")).contains("1 pending").doesNotContain("0 pending");
    }

    @Test
    void replayIsReportedAsJob() {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
        environment.putAll(Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));

        run("dlt", "list");
        run("dlt", "replay", "--dry-run");

        JobEventCodec codec = new JobEventCodec();
        assertThat(broker.records(topic.name()))
                .extracting(record -> codec.decode(record.requireValue()))
                .satisfiesExactly(
                        started -> assertThat(started.description().botId()).isEqualTo("stats.dlt-replay"),
                        ended -> assertThat(ended.details().result())
                                .isEqualTo("{\"wouldBeSent\":2,\"duplicates\":0,\"withoutValue\":0}"));
    }

    /** Runs after the tests that expect pending records. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void replaysPendingRecordsOnce() {
        assertThat(run("dlt", "replay")).contains("2 sent, skipped 0 duplicates");

        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, 4));
        assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS, 4)).containsExactly(4L, 1L, 0L, 3L);
        assertThat(run("dlt", "list"))
                .containsPattern("SQLSTATE 23514 +1 dead letters +0 pending")
                .containsPattern("NOT_JSON +2 dead letters +1 pending");
        assertThat(statuses()).containsExactly("healthy");
    }

    /** Runs last: the records that were sent again are in the topic twice. */
    @Test
    @Order(Integer.MAX_VALUE)
    void topicReplayAppliesNewestRecord() {
        List<Long> before = writer.meterCounts(KafkaTopic.SNAPSHOTS);
        long records = writer.applied(KafkaTopic.SNAPSHOTS);

        assertThat(run("replay", "--from", "earliest"))
                .contains(records + " of " + records + " (100 %)")
                .contains(records + " snapshots read, 1 newer than the stored ones, " + records / 2 + " invalid");

        assertThat(statuses()).containsExactly("healthy");
        assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS)).isEqualTo(before);
        assertThat(run("replay", "--from", "earliest")).contains(" snapshots read, 0 newer than the stored ones");
    }

    private List<String> statuses() {
        return writer.jdbc.queryForList("select status from current_node_stats", String.class);
    }

    private String run(String... command) {
        StringWriter output = new StringWriter();
        PrintWriter out = new PrintWriter(output, true);
        String[] arguments = StatsWriterFixture.arguments(broker, database, command);
        int exitCode = StatsWriterMain.program(environment).run(out, out, arguments);
        assertThat(exitCode).as(output::toString).isZero();
        return output.toString();
    }
}
