package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;

import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationException;
import io.gonkapulse.migrations.scripts.MigrationListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Advisory lock of a database, the same for every module, because modules share roles; PostgreSQL releases it with the
 * session.
 */
public record RunLock(int key) {

    /** Held by the lock session: one run at a time. ASCII for "gonk"; other releases must use the same number. */
    public static final int RUN_KEY = 0x676f6e6b;

    /** Held by the session that runs the migrations: the next number. */
    public static final int MIGRATION_KEY = 0x676f6e6c;

    /** Second number of each lock; other releases must use the same. */
    private static final int SECOND_KEY = "public".hashCode();

    private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    private static final String TRY_ACQUIRE = """
            select pg_try_advisory_lock(?, ?)
            """;

    /** A lock of two integers has objsubid 2 in {@code pg_locks}. */
    private static final String HOLDER = """
            select format('session %s of %s%s, since %s UTC%s',
                          activity.pid,
                          activity.usename,
                          coalesce(' from ' || host(activity.client_addr), ''),
                          to_char(activity.backend_start, 'YYYY-MM-DD HH24:MI:SS'),
                          coalesce(', which waits for a lock of session '
                              || array_to_string(nullif(pg_blocking_pids(activity.pid), '{}'), ', '), ''))
              from pg_locks held
              join pg_stat_activity activity on activity.pid = held.pid
              join pg_database database on database.oid = held.database
             where held.locktype = 'advisory'
               and held.granted
               and held.objsubid = 2
               and held.classid::bigint = ?
               and held.objid::bigint = ?
               and database.datname = current_database()
            """;

    /**
     * Polls until the lock is free, and reports its holder every few seconds.
     *
     * @throws MigrationException after the timeout
     */
    public void acquire(Connection connection, Duration timeout, MigrationListener listener) throws SQLException {
        long start = System.nanoTime();
        Duration nextReport = Duration.ZERO;
        while (!tryAcquire(connection)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            String holder = findRunningSession(connection).orElse("a session that just ended");
            if (waited.compareTo(timeout) >= 0) {
                throw failed("Another run has held the lock for longer than "
                        + DurationFormatter.format(timeout) + ": " + holder
                        + ". Wait for it (or longer with --lock-wait), or end it with pg_terminate_backend");
            }
            if (waited.compareTo(nextReport) >= 0) {
                listener.report("Another run holds the lock (" + holder + "); waiting for it to finish");
                nextReport = waited.plus(REPORT_INTERVAL);
            }
            // Polls instead of blocking: a concurrent index build of the other run would wait for the snapshot of a
            // blocked request.
            RetryInterval.await(RETRY_INTERVAL);
        }
    }

    /** Prefers the work session, which can report what it waits for; before it is open, the lock session. */
    public static Optional<String> findRunningSession(Connection connection) throws SQLException {
        Optional<String> holder = new RunLock(MIGRATION_KEY).findHolder(connection);
        return holder.isPresent() ? holder : new RunLock(RUN_KEY).findHolder(connection);
    }

    /** Describes the session that holds the lock, for the operator. */
    private Optional<String> findHolder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            // pg_locks shows the two keys as unsigned oids.
            statement.setLong(1, Integer.toUnsignedLong(key));
            statement.setLong(2, Integer.toUnsignedLong(SECOND_KEY));
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private boolean tryAcquire(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY_ACQUIRE)) {
            statement.setInt(1, key);
            statement.setInt(2, SECOND_KEY);
            ResultSet rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }
}
