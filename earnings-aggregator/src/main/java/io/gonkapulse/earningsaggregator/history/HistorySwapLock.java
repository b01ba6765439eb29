package io.gonkapulse.earningsaggregator.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Keeps a rebuild from putting its result in place while a batch is being applied, and the other way round. */
public final class HistorySwapLock {

    private static final String SHARED = "select pg_advisory_xact_lock_shared(7320519823364100)";
    private static final String EXCLUSIVE = "select pg_advisory_xact_lock(7320519823364100)";

    private HistorySwapLock() {}

    /** Until the transaction ends no rebuild takes its place. Batches do not hinder each other. */
    public static void acquireShared(Connection connection) throws SQLException {
        execute(connection, SHARED);
    }

    /** Until the transaction ends no batch is applied. */
    public static void acquireExclusive(Connection connection) throws SQLException {
        execute(connection, EXCLUSIVE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
