package io.gonkapulse.earningsaggregator.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Advisory lock between the live consumer and a rebuild: no history swap while a batch is applied, and no batch
 * during a swap.
 */
public final class HistorySwapLock {

    private static final String SHARED = "select pg_advisory_xact_lock_shared(7320519823364100)";
    private static final String EXCLUSIVE = "select pg_advisory_xact_lock(7320519823364100)";

    private HistorySwapLock() {}

    /** Blocks a history swap until the transaction ends. Batches do not block each other. */
    public static void acquireShared(Connection connection) throws SQLException {
        execute(connection, SHARED);
    }

    /** Blocks all batches until the transaction ends. */
    public static void acquireExclusive(Connection connection) throws SQLException {
        execute(connection, EXCLUSIVE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
