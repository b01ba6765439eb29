package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A topic whose oldest days were deleted by retention. */
@RealInfrastructure
class PartialTopicTest {

    private static final String CORRUPT = """
            update earnings_history
               set earnings_ngonka = 7000, earnings_gnk = 0.000007
             where date = ?
            """;

    @Test
    void keepsDaysOutsideCoveredRange(TestBroker broker, TestDatabase server) throws Exception {
        EarningsScenario scenario = EarningsScenario.of(7, 10, 20);
        InstantSource clock = InstantSource.fixed(scenario.end());
        EarningsDatabase database = EarningsDatabase.migrated(server);
        List<Snapshot> snapshots = new ArrayList<>(scenario.snapshots());
        snapshots.sort(Comparator.comparing(snapshot -> snapshot.origin().fetchedAt()));
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 3);
        SnapshotTopicReader topic = RebuildFixture.topicReader(broker);
        Instant kept = scenario.end().minusSeconds(10 * 86_400L);
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            topics.publishWhenFetched(snapshots);
            topics.deleteBefore(kept);
        }
        new TestEarningsWriter(database, clock).write(snapshots);
        database.storeOffsets(topic.endOffsets());
        List<String> truth = database.historyRows();
        LocalDate end = LocalDate.ofInstant(scenario.end(), ZoneOffset.UTC);
        LocalDate lost = end.minusDays(15);
        LocalDate covered = end.minusDays(2);
        assertThat(database.jdbc().update(CORRUPT, lost)).isPositive();
        int corrupted = database.jdbc().update(CORRUPT, covered);
        assertThat(corrupted).isPositive();

        List<HistoryComparison.DayDifference> differences = new ArrayList<>();
        RebuildReport report = RebuildFixture.runner(database, topic, clock)
                .run(RebuildFixture.EVERY_DAY, line -> {}, differences::add);

        assertThat(report.from())
                .isBetween(LocalDate.ofInstant(kept, ZoneOffset.UTC).plusDays(1), covered);
        assertThat(report.lines()).contains("days left unchanged: those before " + report.from());
        assertThat(differences)
                .hasSize(corrupted)
                .allMatch(difference -> difference.day().equals(covered));
        assertThat(daysExcept(database.historyRows(), lost)).isEqualTo(daysExcept(truth, lost));
        assertThat(database.historyRows()).anyMatch(line -> line.contains(lost + " 0.00000700"));
        assertThat(new HistoryCheck(database.source()).run(difference -> {}).wrongDays())
                .isEmpty();
    }

    private static List<String> daysExcept(List<String> days, LocalDate but) {
        return days.stream().filter(line -> !line.contains(" " + but + " ")).toList();
    }
}
