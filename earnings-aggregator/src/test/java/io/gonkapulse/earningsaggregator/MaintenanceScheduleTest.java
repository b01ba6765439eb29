package io.gonkapulse.earningsaggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealInfrastructure
@Timeout(120)
class MaintenanceScheduleTest {

    /** Maximum duration of one shutdown phase. */
    private static final Duration PHASE = Duration.ofSeconds(20);

    /** Only the verification reads this table. */
    private static final String BLOCK_VERIFICATION = "lock table earnings_daily in access exclusive mode";

    private static final String CREATE_NODE_WITHOUT_SETTLEMENT = """
            with node as (
                insert into nodes (identifier, identifier_type)
                values ('a', 'wallet')
                returning id
            ), ledger as (
                insert into earnings_ledger (node_id, epoch, day, observed_at)
                select id, epoch, '2026-03-01', '2026-03-01'
                  from node
                 cross join generate_series(9, 10) epoch
            ), tracker as (
                insert into trackers (name, kind, interval_ms, epoch, last_success_at)
                values ('tracker', 'gonka-tracker', 60000, 10, now())
            ), total as (
                insert into node_earnings (node_id, total)
                select id, 1000000000
                  from node
            )
            insert into node_stats_cache (node_id, status)
            select id, 'healthy'
              from node
            """;

    @Test
    void longVerificationDelaysNothing(TestBroker broker, TestDatabase server) throws Exception {
        EarningsDatabase database = EarningsDatabase.migrated(server);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 1);
        try (Connection other = server.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(BLOCK_VERIFICATION);
            RunningEarningsService service = RunningEarningsService.start(
                    broker, server, "--earnings.rollover-interval=1s", "--earnings.missing-settlements-interval=1s");
            await().atMost(ONE_MINUTE).until(() -> database.isBlocking(other));

            database.owner().update(CREATE_NODE_WITHOUT_SETTLEMENT);

            await().atMost(ONE_MINUTE).until(() -> missingSettlements(service) == 1);
            await().atMost(ONE_MINUTE)
                    .until(() -> database.jdbc()
                            .queryForList("select earnings_total from node_stats_cache", String.class)
                            .contains("1.00000000"));

            long begin = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PHASE);
        }
    }

    private static double missingSettlements(RunningEarningsService service) {
        return service.bean(MeterRegistry.class)
                .get("gonkapulse.settlements.missing")
                .gauge()
                .value();
    }
}
