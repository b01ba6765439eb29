package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the program as an operator does. */
@RealInfrastructure
@Tag("process")
class StatsWriterCommandTest {

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
    void readsServersFromEnvironment() throws Exception {
        StatsWriterFixture.createSchema(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 1);

        ProcessResult replay = run("replay", "--from", "2200-01-01T00:00:00Z");

        assertThat(replay.output()).contains("0 snapshots read");
        assertThat(replay.exitCode()).isZero();
    }

    @Test
    void printsHelp() throws Exception {
        assertThat(run("--help").output()).contains("run", "dlt", "replay");
    }

    @Test
    void rejectsInvalidTime() throws Exception {
        assertThat(run("replay", "--from", "yesterday").output()).contains("--from: expected a time");
    }

    @Test
    void rejectsInvalidDuration() throws Exception {
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
