package io.gonkapulse.migrations.history;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.outcome.Timing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** An advisory lock of one schema; it ends with its session, however that ends. */
public record RunLock(int kind, String schema) {

    /** One run at a time, whatever it does. */
    public static final int RUN = 0x676f6e6b;

    /** Held by the session that takes the steps. */
    public static final int STEP = 0x676f6e6c;

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);

    private static final String TRY = """
            select pg_try_advisory_lock(?, ?)
            """;

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

    void take(Connection connection, Duration longest, Narrator narrator) throws SQLException {
        long start = System.nanoTime();
        Duration nextWord = Duration.ZERO;
        while (!tryToTake(connection)) {
            Duration waited = Elapsed.since(start);
            String holder = atWork(connection, schema).orElse("a session that just ended");
            if (waited.compareTo(longest) >= 0) {
                throw failed("Another run has the lock of schema " + schema + " for longer than "
                        + Elapsed.text(longest) + ": " + holder
                        + ". Wait for it (or longer with --lock-wait), or end it with pg_terminate_backend");
            }
            if (waited.compareTo(nextWord) >= 0) {
                narrator.say("Another run has the lock (" + holder + "); waiting for it to end");
                nextWord = waited.plus(BETWEEN_WORDS);
            }
            // Not a blocking lock request: a concurrent index build of the other run would wait for its snapshot.
            Timing.pause(PAUSE);
        }
    }

    /** The session that takes the steps can say what it waits for; before it is there, the one that will open it. */
    static Optional<String> atWork(Connection connection, String schema) throws SQLException {
        Optional<String> step = new RunLock(STEP, schema).holder(connection);
        return step.isPresent() ? step : new RunLock(RUN, schema).holder(connection);
    }

    private Optional<String> holder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setLong(1, Integer.toUnsignedLong(kind));
            statement.setLong(2, Integer.toUnsignedLong(schema.hashCode()));
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private boolean tryToTake(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setInt(1, kind);
            statement.setInt(2, schema.hashCode());
            ResultSet rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }
}
