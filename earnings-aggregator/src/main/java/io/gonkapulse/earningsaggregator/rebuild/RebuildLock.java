package io.gonkapulse.earningsaggregator.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Advisory lock that allows one rebuild at a time; PostgreSQL releases it with the session. */
public final class RebuildLock {

    private static final String TRY_ACQUIRE = "select pg_try_advisory_lock(7320519823364101)";
    private static final String RELEASE = "select pg_advisory_unlock(7320519823364101)";

    private RebuildLock() {}

    /** False while another session holds it. */
    public static boolean tryAcquire(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY_ACQUIRE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    public static void release(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RELEASE);
        }
    }
}
