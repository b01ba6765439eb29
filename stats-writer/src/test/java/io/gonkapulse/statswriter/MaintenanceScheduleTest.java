package io.gonkapulse.statswriter;

import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.testkit.junit.BlockingSession;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

@RealInfrastructure
@Timeout(120)
class MaintenanceScheduleTest {

    private static final String OLD_POLL = """
            insert into tracker_polls (tracker, started_at, poll_id, purpose, outcome, duration_ms)
            values ('a', '2020-01-01T00:00:00Z', 'p', 'current', 'ok', 1)
            """;

    private static final String OLD_POLL_IS_DELETED = "select count(*) = 0 from tracker_polls";

    /** Blocks the uptime task; the freshness metrics do not read this table. */
    private static final String BLOCK_UPTIME = "lock table node_health_hourly in access exclusive mode";

    private static final String NEW_TRACKER = """
            insert into trackers (name, kind, interval_ms, last_poll_at, last_success_at)
            values ('late', 'gonka-tracker', 60000, now(), now())
            """;

    @Test
    void longMaintenanceDoesNotDelayMetrics(TestBroker broker, TestDatabase database) throws Exception {
        StatsWriterFixture.createSchema(database);
        new JdbcTemplate(database.dataSource()).update(OLD_POLL);
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement();
                StatsWriterFixture writer = new StatsWriterFixture(
                        broker, database, "--writer.uptime-interval=1s", "--writer.metrics-interval=1s")) {
            await().atMost(ONE_MINUTE)
                    .until(() -> Boolean.TRUE.equals(writer.jdbc.queryForObject(OLD_POLL_IS_DELETED, Boolean.class)));
            other.setAutoCommit(false);
            statement.execute(BLOCK_UPTIME);
            await().atMost(ONE_MINUTE).until(new BlockingSession(database, other)::isBlocking);

            writer.jdbc.update(NEW_TRACKER);

            await().atMost(ONE_MINUTE)
                    .until(() -> !writer.bean(MeterRegistry.class)
                            .find("gonkapulse.tracker.interval")
                            .tag("tracker", "late")
                            .gauges()
                            .isEmpty());
        }
    }
}
