package io.gonkapulse.workercore.sql;

import java.sql.Connection;
import java.sql.SQLException;
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
 * Runs maintenance tasks. An advisory lock lets only one of several instances run a task; the next run makes up for a
 * failed one.
 */
public final class ExclusiveTaskRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ExclusiveTaskRunner.class);

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    public ExclusiveTaskRunner(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Runs the work on one connection, unless another instance runs it. A failed database is logged. */
    public void run(AdvisoryLock lock, BiConsumer<JdbcClient, Instant> work) {
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
