package io.gonkapulse.earningsaggregator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.LiveSnapshotBuilder;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TodaysEarningsWriterTest {

    private static final Instant EVENING = Instant.parse("2026-03-01T20:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    private static final String STATS_ROWS = """
            select concat_ws(' ', earnings_date, trim_scale(earnings_day), jobs_day, trim_scale(earnings_total))
              from node_stats_cache
              join nodes on id = node_id
             order by identifier
            """;

    private final SteppedClock clock = SteppedClock.at(EVENING);
    private final EarningsDatabase database;
    private TestEarningsWriter writer;
    private final TransactionTemplate transactions;

    TodaysEarningsWriterTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
        this.writer = writer();
        this.transactions = EarningsDatabase.transactions(this.database.source());
    }

    @BeforeEach
    void clear() {
        database.clear();
        clock.setTo(EVENING);
        writer = writer();
    }

    /** A new writer, because it caches node ids. */
    private TestEarningsWriter writer() {
        return new TestEarningsWriter(database, clock);
    }

    @Test
    void newDayStartsAtZero() throws SQLException {
        for (int node = 1; node <= 5; node++) {
            earned(node, 1_000_000_000, EVENING);
        }
        createStatsRows();
        writer.refreshToday();
        assertThat(statsRows()).hasSize(5).containsOnly("2026-03-01 1 1 1");

        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            TodaysEarningsWriter byTwo = new TodaysEarningsWriter(2);
            assertThat(byTwo.refreshAll(connection, LocalDate.parse("2026-03-02")))
                    .isEqualTo(5);
            assertThat(byTwo.refreshAll(connection, LocalDate.parse("2026-03-02")))
                    .isZero();
            connection.commit();
        }

        assertThat(statsRows()).hasSize(5).containsOnly("2026-03-02 0 0 1");
    }

    /** The refresh reads the history before the batch commits, and locks the row afterwards. */
    @Test
    void keepsResultOfConcurrentBatch() throws Exception {
        earned(1, 1_000_000_000, EVENING);
        createStatsRows();
        writer.refreshToday();
        clock.setTo(MORNING);
        Thread refresh = new Thread(writer::refreshToday, "refresh");

        transactions.executeWithoutResult(status -> {
            earned(1, 3_000_000_000L, MORNING);
            Connection session = DataSourceUtils.getConnection(database.source());
            refresh.start();
            await().atMost(ONE_MINUTE).until(() -> database.isBlocking(session));
        });
        refresh.join();

        assertThat(statsRows()).containsExactly("2026-03-02 2 0 3");
    }

    /** GNK of eight digits round half a unit; the exact amounts keep it. */
    @Test
    void storesExactAmounts() {
        earned(1, 1_000_000_005L, EVENING);
        createStatsRows();
        writer.refreshToday();
        clock.setTo(MORNING);
        earned(1, 1_000_000_012L, MORNING);
        assertThat(exactRows()).containsExactly("2026-03-02 7 0.00000001 1000000012 1.00000001");

        database.owner().update("update node_stats_cache set earnings_day_ngonka = null, earnings_total_ngonka = 3");

        assertThat(writer.refreshToday()).isEqualTo(1);
        assertThat(exactRows()).containsExactly("2026-03-02 7 0.00000001 1000000012 1.00000001");
        assertThat(writer.refreshToday()).isZero();
    }

    /** A day written by another program has no exact amount. */
    @Test
    void takesAmountFromGnk() {
        earned(1, 1_000_000_000L, EVENING);
        createStatsRows();
        database.owner().update("update earnings_history set earnings_ngonka = null, earnings_gnk = 1.5");

        writer.refreshToday();

        assertThat(exactRows()).containsExactly("2026-03-01 1500000000 1.5 1000000000 1");
    }

    /** A foreign check constraint or trigger rejects the row. */
    @Test
    void skipsNodeWithInvalidRow() {
        for (int node = 1; node <= 5; node++) {
            earned(node, 1_000_000_000, EVENING);
        }
        createStatsRows();
        database.owner().update("alter table node_stats_cache add constraint chk_portal check (earnings_total < 7)");
        try {
            earned(3, 9_000_000_000L, EVENING);
            writer.refreshToday();

            assertThat(statsRows()).hasSize(5).containsOnlyOnce("").contains("2026-03-01 1 1 1");
            assertThat(database.days()).anyMatch(day -> day.contains(" 9000000000 "));
        } finally {
            database.owner().update("alter table node_stats_cache drop constraint chk_portal");
        }
    }

    /** The settlement corrects the day before, so the jobs of the new day are negative. */
    @Test
    void clampsJobsToColumnRange() {
        work(1, 5_000_000_000L, EVENING);
        work(2, 5, EVENING);
        createStatsRows();
        writer.refreshToday();
        assertThat(statsRows()).containsExactlyInAnyOrder("2026-03-01 0 2147483647 0", "2026-03-01 0 5 0");

        clock.setTo(MORNING);
        settled(1, 7, MORNING);
        writer.refreshToday();

        assertThat(statsRows()).containsExactlyInAnyOrder("2026-03-02 0 -2147483648 0", "2026-03-02 0 0 0");
    }

    private void work(int node, long inferences, Instant at) {
        writer.write(live(node, at).earned(0).inferences(inferences).build());
    }

    private void earned(int node, long ngonka, Instant at) {
        writer.write(live(node, at).earned(ngonka).inferences(1).build());
    }

    private static LiveSnapshotBuilder live(int node, Instant at) {
        return TestMessages.live().node(TestMessages.node(node)).epoch(10).at(at);
    }

    private void settled(int node, long inferences, Instant at) {
        writer.write(TestMessages.settled()
                .node(TestMessages.node(node))
                .epoch(10)
                .at(at)
                .settledAt(at)
                .earned(0)
                .rewarded(0)
                .inferences(inferences)
                .build());
    }

    /** Creates the rows that the stats-writer would create. */
    private void createStatsRows() {
        database.owner().update("insert into node_stats_cache (node_id) select id from nodes");
    }

    private List<String> exactRows() {
        return database.jdbc().queryForList("""
                select concat_ws(' ', earnings_date, trim_scale(earnings_day_ngonka), trim_scale(earnings_day),
                           earnings_total_ngonka, trim_scale(earnings_total))
                  from node_stats_cache
                """, String.class);
    }

    private List<String> statsRows() {
        return database.jdbc().queryForList(STATS_ROWS, String.class);
    }
}
