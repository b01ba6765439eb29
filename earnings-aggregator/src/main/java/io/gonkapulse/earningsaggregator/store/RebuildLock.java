package io.gonkapulse.earningsaggregator.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Only one rebuild at a time; the lock goes with the session. */
public final class RebuildLock {

    private static final String TRY = "select pg_try_advisory_lock(7320519823364101)";
    private static final String RELEASE = "select pg_advisory_unlock(7320519823364101)";

    private RebuildLock() {}

    /** False while another rebuild holds it. */
    public static boolean tryTake(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY)) {
            return row.next() && row.getBoolean(1);
        }
    }

    public static void release(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RELEASE);
        }
    }
}
