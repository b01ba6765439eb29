package io.gonkapulse.earningsaggregator.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.ReferenceCalculator;
import io.gonkapulse.earningsaggregator.fixtures.WorkedExample;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/earnings.md. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkedExamplesTest {

    private static final String DAYS = """
            select concat_ws(' ', node.identifier, history.date, history.earnings_ngonka, history.inferences, history.state)
              from earnings_history history
              join nodes node on node.id = history.node_id
             order by history.date
            """;

    private static final String STATS_ROW = """
            select concat_ws(' ', earnings_date, trunc(earnings_day * 1000000000), jobs_day,
                             trunc(earnings_total * 1000000000))
              from node_stats_cache
            """;

    private final EarningsDatabase database;

    WorkedExamplesTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
    }

    static List<WorkedExample> examples() {
        return WorkedExample.all();
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void documentHasExamples() {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(13);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void historyMatchesDocument(WorkedExample example) {
        assertThat(ReferenceCalculator.lines(
                        example.snapshots().stream().map(EarningsFact::of).toList()))
                .isEqualTo(example.days());

        writeOneByOne(example.snapshots());
        assertThat(days()).isEqualTo(example.days());
        writeOneByOne(example.snapshots());
        assertThat(days()).isEqualTo(example.days());

        database.clear();
        List<Snapshot> backwards = new ArrayList<>(example.snapshots());
        Collections.reverse(backwards);
        writeOneByOne(backwards);
        assertThat(days()).isEqualTo(example.days());
        assertThat(database.nodesWithWrongTotals()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void statsMatchDocument(WorkedExample example) {
        for (WorkedExample.ExpectedStats shown : example.expectedStats()) {
            database.clear();
            SteppedClock clock = SteppedClock.at(Instant.EPOCH);
            TestEarningsWriter writer = new TestEarningsWriter(database, clock);
            writer.write(example.snapshots());
            database.owner().update("insert into node_stats_cache (node_id) select id from nodes");
            clock.setTo(shown.at());

            writer.refreshToday();

            // GNK columns have eight decimals, so the last digit of the ngonka amount is lost.
            assertThat(database.jdbc().queryForObject(STATS_ROW, String.class))
                    .isEqualTo(LocalDate.ofInstant(shown.at(), ZoneOffset.UTC) + " " + shown.today() + " "
                            + shown.inferences() + " " + shown.total());
        }
    }

    private void writeOneByOne(List<Snapshot> snapshots) {
        TestEarningsWriter writer = new TestEarningsWriter(database, SteppedClock.at(Instant.EPOCH));
        snapshots.forEach(writer::write);
    }

    private List<String> days() {
        return database.jdbc().queryForList(DAYS, String.class);
    }
}
