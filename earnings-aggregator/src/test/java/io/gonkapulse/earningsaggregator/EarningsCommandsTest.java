package io.gonkapulse.earningsaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Output and exit codes of the commands. */
@RealInfrastructure
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EarningsCommandsTest {

    private static final String ADD_TEN_NGONKA = """
            update earnings_history
               set earnings_ngonka = earnings_ngonka + 10, earnings_gnk = earnings_gnk + 0.00000001
             where id = (select id from earnings_history order by date, node_id limit 1)
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @Test
    @Order(1)
    void verifiesAndRebuildsHistory(TestBroker broker, TestDatabase server) throws Exception {
        EarningsScenario scenario = EarningsScenario.of(6, 6, 8);
        EarningsDatabase database = EarningsDatabase.migrated(server);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 4);
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            topics.publish(scenario.snapshots());
        }
        List<String> truth = EarningsDatabase.days(scenario.truth());

        assertThat(run(broker, server, "rebuild")).isZero();
        assertThat(out.toString())
                .contains("rows added: " + truth.size(), "total before: 0 ngonka", "put in place: yes")
                .contains("and " + (truth.size() - 20) + " more");
        assertThat(database.days()).isEqualTo(truth);
        assertThat(run(broker, server, "verify")).isZero();
        assertThat(out.toString())
                .contains("days verified: " + truth.size(), "days that differ: 0")
                .contains(
                        "sum of days: " + scenario.truth().total(),
                        "sum of epochs: " + scenario.truth().total());

        assertThat(database.jdbc().update(ADD_TEN_NGONKA)).isEqualTo(1);
        assertThat(run(broker, server, "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("days that differ: 1", "totals that differ: 1", "(-10 ngonka)");
        assertThat(run(broker, server, "rebuild", "--dry-run")).isZero();
        assertThat(out.toString()).contains("rows changed: 1", "(-10 ngonka)", "put in place: no");
        assertThat(run(broker, server, "verify")).isEqualTo(1);

        Path report = home.resolve("report.txt");
        assertThat(run(broker, server, "rebuild", "--report", report.toString()))
                .isZero();
        assertThat(Files.readString(report)).contains("(-10 ngonka)", "rows changed: 1", "put in place: yes");
        assertThat(err.toString()).contains("caught up", "putting it in place");
        assertThat(run(broker, server, "verify")).isZero();
        assertThat(database.days()).isEqualTo(truth);
    }

    /** Every write to /dev/full fails. Runs after the first test, whose topic it reads. */
    @Test
    @Order(2)
    @EnabledOnOs(OS.LINUX)
    void failsOnUnwritableReport(TestBroker broker, TestDatabase server) throws Exception {
        EarningsDatabase database = EarningsDatabase.migrated(server);
        List<String> truth = database.days();
        assertThat(database.jdbc().update(ADD_TEN_NGONKA)).isEqualTo(1);

        assertThat(run(broker, server, "rebuild", "--dry-run", "--report", "/dev/full"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("could not be written completely to /dev/full", "Nothing was changed");
        assertThat(database.days()).isNotEqualTo(truth);
        assertThat(run(broker, server, "rebuild", "--report", "/dev/full")).isEqualTo(1);
        assertThat(err.toString()).contains("could not be written completely to /dev/full", "its history is in place");
        assertThat(database.days()).isEqualTo(truth);
    }

    @Test
    @Order(3)
    void rejectsConcurrentRebuildAndWrongDate(TestBroker broker, TestDatabase server) throws Exception {
        EarningsDatabase database = EarningsDatabase.migrated(server);
        try (Connection other = database.source().getConnection()) {
            assertThat(RebuildRunner.LOCK.tryAcquire(other)).isTrue();

            assertThat(run(broker, server, "rebuild")).isEqualTo(1);
            assertThat(err.toString()).contains("Error: Another rebuild is running");
        }
        assertThat(run(broker, server, "rebuild", "--from=yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("--from");
    }

    @Test
    void rejectsIntervalsWithoutUnit(TestBroker broker, TestDatabase server) {
        for (String setting : List.of("rollover-interval", "verify-interval", "missing-settlements-interval")) {
            assertThat(run(broker, server, "verify", "--earnings." + setting + "=6"))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .startsWith("Error: EARNINGS_" + setting.replace("-", "_").toUpperCase(Locale.ROOT)
                            + ": expected 1s or longer, got 6ms");
        }
    }

    private int run(TestBroker broker, TestDatabase server, String... command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--spring.datasource.url=" + server.jdbcUrl());
        arguments.add("--spring.datasource.username=" + server.username());
        arguments.add("--spring.datasource.password=" + server.password());
        arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
        return EarningsAggregatorMain.program()
                .run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
}
