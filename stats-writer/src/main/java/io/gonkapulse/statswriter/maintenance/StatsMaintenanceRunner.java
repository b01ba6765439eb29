package io.gonkapulse.statswriter.maintenance;

import io.gonkapulse.workercore.sql.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Runs maintenance tasks. An advisory lock lets only one of several writers run a task; the next
 * run makes up for a failed one.
 */
public final class StatsMaintenanceRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StatsMaintenanceRunner.class);

    private static final AdvisoryLock UPTIME_LOCK = new AdvisoryLock(0x676f_6e6b_6101L);
    private static final AdvisoryLock RETENTION_LOCK = new AdvisoryLock(0x676f_6e6b_6102L);
    private static final AdvisoryLock RANK_LOCK = new AdvisoryLock(0x676f_6e6b_6103L);
    private static final AdvisoryLock NETWORK_LOCK = new AdvisoryLock(0x676f_6e6b_6104L);

    private final JdbcTemplate jdbc;
    private final InstantSource clock;
    private final NetworkDailyTask networkDaily = new NetworkDailyTask();

    public StatsMaintenanceRunner(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void recomputeUptime() {
        runExclusively(UPTIME_LOCK, (session, now) -> new UptimeTask(session).recompute(now));
    }

    public void rankWeights() {
        runExclusively(RANK_LOCK, (session, now) -> new WeightRankTask(session).rank());
    }

    public void recomputeNetworkDays() {
        runExclusively(NETWORK_LOCK, networkDaily::recompute);
    }

    public void deleteExpired(Duration healthRetention, Duration pollRetention) {
        runExclusively(RETENTION_LOCK, (session, now) -> {
            RetentionTask task = new RetentionTask(session);
            task.deleteHealth(now, healthRetention);
            task.deletePolls(now, pollRetention);
        });
    }

    private void runExclusively(AdvisoryLock lock, BiConsumer<JdbcClient, Instant> work) {
        try {
            jdbc.execute((ConnectionCallback<Boolean>)
                    connection -> lock.tryAcquire(connection) && runLocked(connection, lock, work));
        } catch (DataAccessException e) {
            LOG.warn("Maintenance failed and will be retried at the next run: {}", e.getMessage());
        }
    }

    private boolean runLocked(Connection connection, AdvisoryLock lock, BiConsumer<JdbcClient, Instant> work)
            throws SQLException {
        try {
            work.accept(JdbcClient.create(new SingleConnectionDataSource(connection, true)), clock.instant());
            return true;
        } finally {
            lock.release(connection);
        }
    }
}
