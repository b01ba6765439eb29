package io.gonkapulse.earningsaggregator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@RealInfrastructure
class MissingSettlementsTest {

    private final JdbcTemplate jdbc;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MissingSettlements missing;

    MissingSettlementsTest(TestDatabase database) {
        missing = new MissingSettlements(EarningsDatabase.migrated(database).jdbc(), meters);
        jdbc = new JdbcTemplate(database.dataSource());
    }

    @BeforeEach
    void clear() {
        jdbc.execute("truncate nodes, trackers cascade");
    }

    @Test
    void unknownBeforeTheFirstCount() {
        assertThat(shown()).isNaN();
    }

    @Test
    void unknownWhileNoTrackerHasBeenHeard() {
        seen("a", 9);

        missing.count();

        assertThat(shown()).isNaN();
    }

    /** One of three trackers, or a record from before, must not hide what is missing. */
    @Test
    void anAbsurdEpochOfOneTrackerHidesNothing() {
        seen("a", 8);
        seen("a", 9_999_999);
        heard("honest-1", 9, "1 minute");
        heard("honest-2", 9, "2 minutes");
        heard("hostile", 9_999_999, "0 minutes");
        heard("of yesterday", 3, "61 minutes");

        missing.count();

        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void goesOnCountingWhenNoTrackerIsHeardAnyMore() {
        seen("a", 8);
        heard("gone", 9, "3 days");

        missing.count();

        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void theRunningEpochIsNotOverYet() {
        seen("a", 9);
        heard("tracker", 9, "1 minute");

        missing.count();

        assertThat(shown()).isZero();
    }

    @Test
    void everyNodeIsCountedForEachOfFiveEpochsThatAreOver() {
        for (long epoch = 3; epoch <= 10; epoch++) {
            seen("a", epoch);
        }
        seen("b", 9);
        seen("c", 9);
        settled("a", 8);
        settled("c", 9);
        heard("tracker", 10, "1 minute");

        missing.count();

        assertThat(shown()).as("a in 5, 6, 7 and 9, b in 9").isEqualTo(5);
    }

    private void heard(String tracker, long epoch, String ago) {
        jdbc.update("""
                insert into trackers (name, kind, interval_ms, epoch, last_success_at)
                values (?, 'gonka-tracker', 60000, ?, now() - ?::interval)
                """, tracker, epoch, ago);
    }

    private double shown() {
        return meters.get("gonkapulse.settlements.missing").gauge().value();
    }

    /** On two days, as an epoch is longer than a day. */
    private void seen(String node, long epoch) {
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

    private void settled(String node, long epoch) {
        jdbc.update("""
                insert into epoch_settlements (node_id, epoch, earned, inferences, missed, validated, invalidated,
                       rewarded, claim, approximate, settled_at, observed_at)
                select id, ?, 0, 0, 0, 0, 0, 1, 'claimed', false, now(), now()
                  from nodes
                 where identifier = ?
                """, epoch, node);
    }
}
