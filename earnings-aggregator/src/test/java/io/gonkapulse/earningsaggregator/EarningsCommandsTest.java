package io.gonkapulse.earningsaggregator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output and exit codes of the commands. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarningsCommandsTest {

    private static final String ADD_TEN_NGONKA = """
            update earnings_history
               set earnings_ngonka = earnings_ngonka + 10, earnings_gnk = earnings_gnk + 0.00000001
             where id = (select id from earnings_history order by date, node_id limit 1)
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final EarningsScenario scenario = EarningsScenario.of(6, 6, 8);
    private final List<String> truth = EarningsDatabase.days(scenario.truth());
    private final TestBroker broker;
    private final TestDatabase server;
    private final EarningsDatabase database;

    @TempDir
    private Path home;

    EarningsCommandsTest(TestBroker broker, TestDatabase server) {
        this.broker = broker;
        this.server = server;
        this.database = EarningsDatabase.migrated(server);
    }

    @BeforeAll
    void publish() {
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 4);
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            topics.publish(scenario.snapshots());
        }
    }

    @BeforeEach
    void applyLive() {
        environment.clear();
        database.clear();
        new TestEarningsWriter(database, InstantSource.fixed(scenario.end())).write(scenario.snapshots());
        assertThat(database.days()).isEqualTo(truth);
    }

    @Test
    void rebuildFillsEmptyDatabase() {
        database.clear();

        assertThat(run("rebuild")).isZero();

        assertThat(out.toString())
                .contains("rows added: " + truth.size(), "total before: 0 ngonka", "put in place: yes")
                .contains("and " + (truth.size() - 20) + " more");
        assertThat(database.days()).isEqualTo(truth);
    }

    @Test
    void verifyConfirmsCorrectHistory() {
        assertThat(run("verify")).isZero();

        assertThat(out.toString())
                .contains("days verified: " + truth.size(), "days that differ: 0")
                .contains(
                        "sum of days: " + scenario.truth().total(),
                        "sum of epochs: " + scenario.truth().total());
    }

    @Test
    void verifyReportsWrongDay() {
        addTenNgonka();

        assertThat(run("verify")).isEqualTo(1);

        assertThat(out.toString()).contains("days that differ: 1", "totals that differ: 1", "(-10 ngonka)");
    }

    @Test
    void dryRunReportsWithoutRepair() {
        addTenNgonka();

        assertThat(run("rebuild", "--dry-run")).isZero();

        assertThat(out.toString()).contains("rows changed: 1", "(-10 ngonka)", "put in place: no");
        assertThat(run("verify")).isEqualTo(1);
    }

    @Test
    void rebuildRepairsAndWritesReport() throws IOException {
        addTenNgonka();
        Path report = home.resolve("report.txt");

        assertThat(run("rebuild", "--report", report.toString())).isZero();

        assertThat(Files.readString(report)).contains("(-10 ngonka)", "rows changed: 1", "put in place: yes");
        assertThat(err.toString()).contains("caught up", "putting it in place");
        assertThat(database.days()).isEqualTo(truth);
        assertThat(run("verify")).isZero();
    }

    /** Every write to /dev/full fails. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void dryRunFailsOnUnwritableReport() {
        addTenNgonka();

        assertThat(run("rebuild", "--dry-run", "--report", "/dev/full")).isEqualTo(1);

        assertThat(err.toString()).contains("could not be written completely to /dev/full", "Nothing was changed");
        assertThat(database.days()).isNotEqualTo(truth);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void rebuildFailsOnUnwritableReport() {
        addTenNgonka();

        assertThat(run("rebuild", "--report", "/dev/full")).isEqualTo(1);

        assertThat(err.toString()).contains("could not be written completely to /dev/full", "its history is in place");
        assertThat(database.days()).isEqualTo(truth);
    }

    @Test
    void rejectsConcurrentRebuild() throws SQLException {
        try (Connection other = database.source().getConnection()) {
            assertThat(RebuildRunner.LOCK.tryAcquire(other)).isTrue();

            assertThat(run("rebuild")).isEqualTo(1);
        }

        assertThat(err.toString()).contains("Error: Another rebuild is running");
    }

    @Test
    void rejectsInvalidDate() {
        assertThat(run("rebuild", "--from=yesterday")).isEqualTo(2);

        assertThat(err.toString()).contains("--from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollover-interval", "verify-interval", "missing-settlements-interval", "rank-interval"})
    void rejectsIntervalsWithoutUnit(String setting) {
        assertThat(run("verify", "--earnings." + setting + "=6")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("Error: EARNINGS_" + setting.replace("-", "_").toUpperCase(Locale.ROOT)
                        + ": expected 1s or longer, got 6ms");
    }

    @Test
    void rebuildIsReportedAsJob() {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
        environment.putAll(Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));

        assertThat(run("rebuild", "--dry-run")).isZero();

        JobEventCodec codec = new JobEventCodec();
        List<JobEvent> events = broker.records(topic.name()).stream()
                .map(record -> codec.decode(record.requireValue()))
                .filter(event -> event.type() != JobEventType.HEARTBEAT)
                .toList();
        assertThat(events)
                .allSatisfy(event -> assertThat(event.description().botId()).isEqualTo("earnings.rebuild"))
                .extracting(JobEvent::type)
                .startsWith(JobEventType.STARTED, JobEventType.STAGE_STARTED, JobEventType.STAGE_SUCCEEDED)
                .endsWith(JobEventType.STAGE_SUCCEEDED, JobEventType.SUCCEEDED);
        assertThat(events.get(0).details().meta())
                .isEqualTo("{\"command\":\"rebuild\",\"arguments\":{\"--dry-run\":\"true\"}}");
        assertThat(events.get(events.size() - 1).details().result())
                .contains("\"daysCompared\":" + truth.size(), "\"putInPlace\":false");
        assertThat(events)
                .filteredOn(event -> event.type() == JobEventType.STAGE_STARTED)
                .extracting(event -> requireNonNull(event.details().stage()).name())
                .containsExactly("read", "compute", "catch up", "compare");
    }

    private void addTenNgonka() {
        assertThat(database.jdbc().update(ADD_TEN_NGONKA)).isEqualTo(1);
    }

    private int run(String... command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--spring.datasource.url=" + server.jdbcUrl());
        arguments.add("--spring.datasource.username=" + server.username());
        arguments.add("--spring.datasource.password=" + server.password());
        arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
        return EarningsAggregatorMain.program(environment)
                .run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
}
