package io.gonkapulse.statswriter.maintenance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    /** A session lock: a writer that dies releases it. */
    private static final String TRY_LOCK = "select pg_try_advisory_lock(?)";

    private static final String UNLOCK = "select pg_advisory_unlock(?)";
    private static final long UPTIME_LOCK = 0x676f_6e6b_6101L;
    private static final long RETENTION_LOCK = 0x676f_6e6b_6102L;

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    public StatsMaintenanceRunner(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void recomputeUptime() {
        runExclusively(UPTIME_LOCK, (session, now) -> new UptimeTask(session).recompute(now));
    }

    public void deleteExpired(Duration healthRetention, Duration pollRetention) {
        runExclusively(RETENTION_LOCK, (session, now) -> {
            RetentionTask task = new RetentionTask(session);
            task.deleteHealth(now, healthRetention);
            task.deletePolls(now, pollRetention);
        });
    }

    private void runExclusively(long lock, BiConsumer<JdbcClient, Instant> work) {
        try {
            jdbc.execute((ConnectionCallback<Boolean>)
                    connection -> queryBoolean(connection, TRY_LOCK, lock) && runLocked(connection, lock, work));
        } catch (DataAccessException e) {
            LOG.warn("Maintenance failed and will be retried at the next run: {}", e.getMessage());
        }
    }

    private boolean runLocked(Connection connection, long lock, BiConsumer<JdbcClient, Instant> work)
            throws SQLException {
        try {
            work.accept(JdbcClient.create(new SingleConnectionDataSource(connection, true)), clock.instant());
            return true;
        } finally {
            queryBoolean(connection, UNLOCK, lock);
        }
    }

    private static boolean queryBoolean(Connection connection, String sql, long lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lock);
            ResultSet rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }
}
