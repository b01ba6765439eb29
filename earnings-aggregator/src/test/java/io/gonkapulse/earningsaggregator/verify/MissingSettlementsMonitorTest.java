package io.gonkapulse.earningsaggregator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@RealInfrastructure
class MissingSettlementsMonitorTest {

    private final JdbcTemplate jdbc;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MissingSettlementsMonitor missing;

    MissingSettlementsMonitorTest(TestDatabase database) {
        missing = new MissingSettlementsMonitor(
                EarningsDatabase.migrated(database).jdbc(), meters);
        jdbc = new JdbcTemplate(database.dataSource());
    }

    @BeforeEach
    void clear() {
        jdbc.execute("truncate nodes, trackers cascade");
    }

    @Test
    void unknownBeforeFirstCount() {
        assertThat(gaugeValue()).isNaN();
    }

    @Test
    void unknownWithoutTrackers() {
        insertLedgerRows("a", 9);

        missing.count();

        assertThat(gaugeValue()).isNaN();
    }

    /** One wrong tracker of three, or an old record, must not hide missing settlements. */
    @Test
    void ignoresOutlierEpoch() {
        insertLedgerRows("a", 8);
        insertLedgerRows("a", 9_999_999);
        insertTracker("honest-1", 9, "1 minute");
        insertTracker("honest-2", 9, "2 minutes");
        insertTracker("hostile", 9_999_999, "0 minutes");
        insertTracker("of yesterday", 3, "61 minutes");

        missing.count();

        assertThat(gaugeValue()).isEqualTo(1);
    }

    @Test
    void countsWithoutRecentTrackers() {
        insertLedgerRows("a", 8);
        insertTracker("gone", 9, "3 days");

        missing.count();

        assertThat(gaugeValue()).isEqualTo(1);
    }

    @Test
    void ignoresRunningEpoch() {
        insertLedgerRows("a", 9);
        insertTracker("tracker", 9, "1 minute");

        missing.count();

        assertThat(gaugeValue()).isZero();
    }

    @Test
    void countsLastFiveEpochsPerNode() {
        for (long epoch = 3; epoch <= 10; epoch++) {
            insertLedgerRows("a", epoch);
        }
        insertLedgerRows("b", 9);
        insertLedgerRows("c", 9);
        insertSettlement("a", 8);
        insertSettlement("c", 9);
        insertTracker("tracker", 10, "1 minute");

        missing.count();

        assertThat(gaugeValue()).as("a in 5, 6, 7 and 9, b in 9").isEqualTo(5);
    }

    private void insertTracker(String tracker, long epoch, String ago) {
        jdbc.update("""
                insert into trackers (name, kind, interval_ms, epoch, last_success_at)
                values (?, 'gonka-tracker', 60000, ?, now() - ?::interval)
                """, tracker, epoch, ago);
    }

    private double gaugeValue() {
        return meters.get("gonkapulse.settlements.missing").gauge().value();
    }

    /** Rows on two days, because an epoch is longer than a day. */
    private void insertLedgerRows(String node, long epoch) {
        jdbc.update(
                "insert into nodes (identifier, identifier_type) values (?, 'wallet') on conflict do nothing", node);
        jdbc.update("""
                insert into earnings_ledger (node_id, epoch, day, observed_at)
                select id, ?, day, day
                  from nodes
                 cross join (values (date '2026-03-01'), (date '2026-03-02')) days (day)
                 where identifier = ?
                """, epoch, node);
    }

    private void insertSettlement(String node, long epoch) {
        jdbc.update("""
                insert into epoch_settlements (node_id, epoch, earned, inferences, missed, validated, invalidated,
                       rewarded, claim, approximate, settled_at, observed_at)
                select id, ?, 0, 0, 0, 0, 0, 1, 'claimed', false, now(), now()
                  from nodes
                 where identifier = ?
                """, epoch, node);
    }
}
