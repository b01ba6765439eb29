package io.gonkapulse.testkit.junit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session of a test that holds locks, and the sessions that wait for it. */
public record BlockingSession(TestDatabase database, Connection connection) {

    private static final String COUNT_BLOCKED = """
            select count(*)
              from pg_stat_activity
             where ? = any (pg_blocking_pids(pid))
            """;

    private static final String TERMINATE_BLOCKED = """
            select count(*) filter (where pg_terminate_backend(pid))
              from pg_stat_activity
             where ? = any (pg_blocking_pids(pid))
            """;

    /** Whether another session waits for a lock of this one. */
    public boolean isBlocking() {
        return count(COUNT_BLOCKED) > 0;
    }

    /** Terminates the sessions that wait for this one, and returns their number. */
    public int terminateBlocked() {
        return count(TERMINATE_BLOCKED);
    }

    private int count(String sql) {
        try (Connection other = database.dataSource().getConnection();
                PreparedStatement query = other.prepareStatement(sql)) {
            query.setInt(1, processId());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The blocked sessions could not be queried", e);
        }
    }

    private int processId() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
