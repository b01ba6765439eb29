package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the program as an operator does. */
@RealInfrastructure
@Tag("process")
class StatsWriterCommandTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestBroker broker;
    private final TestDatabase database;

    StatsWriterCommandTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
    }

    private record ProcessResult(int exitCode, String output) {}

    private ProcessResult run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private ProcessResult run(Map<String, String> settings, String... arguments) throws Exception {
        try (ProgramProcess program = ProgramProcess.of(StatsWriterMain.class)
                .environment(Map.of("DATABASE_URL", url(), "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()))
                .environment(settings)
                .arguments(arguments)
                .start()) {
            return new ProcessResult(program.exitCode(), program.outputText());
        }
    }

    private String url() {
        return "postgres://" + database.withRole(StatsWriterFixture.GROUP).username() + "@" + database.host() + ":"
                + database.port() + "/" + database.name();
    }

    @Test
    void dltListsShowsAndReplaysOnce() throws Exception {
        StatsWriterFixture.createSchema(database);
        NodeIdentifier node = TestMessages.node(1);
        Instant now = InstantSource.system().instant();
        try (StatsWriterFixture writer = new StatsWriterFixture(broker, database)) {
            await().atMost(LONG)
                    .until(() -> writer.storedCounts(KafkaTopic.POLLS).get(0) == 0
                            && writer.jdbc
                                            .queryForList(
                                                    "select 1 from consumer_offsets where topic = 'tracker.snapshots'")
                                            .size()
                                    == 12);
            writer.jdbc.execute("alter table node_stats_cache add constraint no_ones check (tokens_per_sec <> 1)");
            writer.send(TestMessages.live()
                    .node(node)
                    .at(now)
                    .tokensPerSecond(BigDecimal.ONE)
                    .build());
            writer.send(KafkaTopic.SNAPSHOTS, node.value(), "{".getBytes(UTF_8));
            writer.flush();
            await().atMost(LONG).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, 2));
            assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS, 2)).containsExactly(2L, 0L, 0L, 2L);
            writer.jdbc.execute("alter table node_stats_cache drop constraint no_ones");

            assertThat(run("dlt", "list"))
                    .satisfies(list -> assertThat(list.exitCode()).isZero())
                    .satisfies(list -> assertThat(list.output()).contains("SQLSTATE 23514", "NOT_JSON", "1 pending"));
            assertThat(run("dlt", "show", "--limit", "5").output())
                    .contains("no_ones", "value {", "\"tokensPerSecond\":1");
            assertThat(run("dlt", "replay", "--dry-run").output()).contains("2 would be sent");
            assertThat(run("dlt", "replay").output()).contains("2 sent, skipped 0 duplicates");
            await().atMost(LONG).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, 4));
            assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS, 4)).containsExactly(4L, 1L, 0L, 3L);
            assertThat(run("dlt", "list").output())
                    .containsPattern("SQLSTATE 23514 +1 dead letters +0 pending")
                    .containsPattern("NOT_JSON +2 dead letters +1 pending");

            writer.jdbc.execute("truncate nodes cascade");
            assertThat(run("replay", "--from", "earliest").output())
                    .contains("4 of 4 (100 %)", "4 snapshots read, 1 newer than the stored ones, 2 invalid");
            assertThat(run("replay", "--from", "2200-01-01T00:00:00Z").output()).contains("0 snapshots read");
            assertThat(writer.jdbc.queryForList("select status from current_node_stats", String.class))
                    .containsExactly("healthy");
            assertThat(writer.meterCounts(KafkaTopic.SNAPSHOTS, 4)).containsExactly(4L, 1L, 0L, 3L);
        }
    }

    @Test
    void printsHelpAndUsageErrors() throws Exception {
        assertThat(run("--help").output()).contains("run", "dlt", "replay");
        assertThat(run("replay", "--from", "yesterday").output()).contains("--from: expected a time");
        ProcessResult wrong = run("--writer.grace=soon");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output()).contains("--writer.grace", "a duration");
    }

    /** A retention of 90 milliseconds would delete all health minutes at once. */
    @Test
    void rejectsRetentionWithoutUnit() throws Exception {
        ProcessResult wrong = run(Map.of("WRITER_HEALTH_RETENTION", "90"), "dlt", "list");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output().lines().filter(line -> line.startsWith("Error:")))
                .containsExactly("Error: WRITER_HEALTH_RETENTION: expected 2d or longer, got 90ms"
                        + " (a number without a unit means milliseconds; write 90d, 6h, 5m, 30s or 500ms)");
    }
}
