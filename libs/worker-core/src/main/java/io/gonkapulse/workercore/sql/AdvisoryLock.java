package io.gonkapulse.workercore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An advisory lock of PostgreSQL. Its number is part of the contract between releases that run at the same time.
 * Thread-safe.
 */
public final class AdvisoryLock {

    private static final String TRY_ACQUIRE = "select pg_try_advisory_lock(?)";
    private static final String RELEASE = "select pg_advisory_unlock(?)";
    private static final String ACQUIRE_UNTIL_COMMIT = "select pg_advisory_xact_lock(?)";
    private static final String ACQUIRE_SHARED_UNTIL_COMMIT = "select pg_advisory_xact_lock_shared(?)";

    private final long number;

    public AdvisoryLock(long number) {
        this.number = number;
    }

    /**
     * Acquires the lock for this session; false while another session holds it. PostgreSQL releases it with the
     * session, so a process that dies blocks nobody.
     */
    public boolean tryAcquire(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection, TRY_ACQUIRE);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Releases what {@link #tryAcquire} acquired. */
    public void release(Connection connection) throws SQLException {
        execute(connection, RELEASE);
    }

    /** Waits for every other holder, and holds the lock until the transaction ends. */
    public void acquireUntilCommit(Connection connection) throws SQLException {
        execute(connection, ACQUIRE_UNTIL_COMMIT);
    }

    /** Waits for an exclusive holder only, and shares the lock until the transaction ends. */
    public void acquireSharedUntilCommit(Connection connection) throws SQLException {
        execute(connection, ACQUIRE_SHARED_UNTIL_COMMIT);
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            statement.execute();
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, number);
        return statement;
    }
}
