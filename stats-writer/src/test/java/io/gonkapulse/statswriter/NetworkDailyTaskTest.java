package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.statswriter.maintenance.StatsMaintenanceRunner;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class NetworkDailyTaskTest {

    private static final Instant LATE = Instant.parse("2026-03-02T23:59:00Z");

    private final SteppedClock clock = SteppedClock.at(LATE);
    private final StatsTablesFixture tables;
    private final StatsMaintenanceRunner maintenance;

    NetworkDailyTaskTest(TestDatabase database) {
        tables = new StatsTablesFixture(database, clock);
        maintenance = new StatsMaintenanceRunner(tables.jdbc, clock);
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @Test
    void addsUpNodesByDay() {
        tables.apply(List.of(
                snapshot(1, LATE, 10, NodeStatus.HEALTHY),
                snapshot(1, LATE.minusSeconds(60), 12, NodeStatus.UNHEALTHY),
                snapshot(2, LATE, 5, NodeStatus.HEALTHY),
                snapshot(2, LATE.minus(Duration.ofDays(1)), 7, NodeStatus.JAILED)));
        earnings("2026-03-02", 40L);

        maintenance.recomputeNetworkDays();

        assertThat(rows()).containsExactly("2026-03-01 1 7 null 1 0", "2026-03-02 2 17 40 3 2");
    }

    @Test
    void skipsDaysWithoutData() {
        maintenance.recomputeNetworkDays();

        assertThat(rows()).isEmpty();
    }

    @Test
    void keepsMinutesAfterRetention() {
        tables.apply(List.of(
                snapshot(1, LATE, 10, NodeStatus.HEALTHY), snapshot(1, LATE.minusSeconds(60), 10, NodeStatus.HEALTHY)));
        maintenance.recomputeNetworkDays();
        tables.jdbc.update("delete from node_health_hourly");
        tables.jdbc.update("update node_daily set weight = 11");

        maintenance.recomputeNetworkDays();

        assertThat(rows()).containsExactly("2026-03-02 1 11 null 2 2");
    }

    @Test
    void recomputesEarlierDaysInTurn() {
        LocalDate first = LocalDate.parse("2026-02-05");
        tables.owner.update(
                "insert into nodes (identifier, identifier_type) select 'n' || n, 'wallet' from generate_series(1, 5000) n");
        for (int day = 0; day < 26; day++) {
            earnings(first.plusDays(day).toString(), 1L);
        }
        for (int run = 0; run < 3; run++) {
            maintenance.recomputeNetworkDays();
        }
        assertThat(rows()).hasSize(26).contains("2026-02-05 0 null 1 0 0");
        tables.owner.update("update earnings_history set inferences = 2");

        maintenance.recomputeNetworkDays();
        assertThat(changed()).isEqualTo(3 + 10);
        maintenance.recomputeNetworkDays();
        maintenance.recomputeNetworkDays();
        assertThat(changed()).isEqualTo(26);
    }

    @Test
    void unchangedDayIsNotWritten() {
        tables.apply(List.of(snapshot(1, LATE, 10, NodeStatus.HEALTHY)));
        maintenance.recomputeNetworkDays();
        String before = rowVersion();

        maintenance.recomputeNetworkDays();

        assertThat(rowVersion()).isEqualTo(before);
    }

    private static LiveSnapshot snapshot(int node, Instant at, long weight, NodeStatus status) {
        return TestMessages.live()
                .node(TestMessages.node(node))
                .at(at)
                .weight(weight)
                .status(status)
                .build();
    }

    private void earnings(String date, long inferences) {
        tables.owner.update("""
                insert into earnings_history (node_id, date, earnings_gnk, source, inferences)
                select id, cast(? as date), 1, 'a', ? from nodes limit 1
                """, date, inferences);
    }

    private List<String> rows() {
        return tables.jdbc.queryForList("""
                select day || ' ' || participants || ' ' || coalesce(weight::text, 'null') || ' '
                           || coalesce(inferences::text, 'null') || ' ' || seen_minutes || ' ' || healthy_minutes
                  from network_daily
                 order by day
                """, String.class);
    }

    private long changed() {
        Long rows = tables.jdbc.queryForObject("select count(*) from network_daily where inferences = 2", Long.class);
        return rows == null ? 0 : rows;
    }

    private String rowVersion() {
        return String.valueOf(tables.jdbc.queryForObject("select ctid::text from network_daily", String.class));
    }
}
