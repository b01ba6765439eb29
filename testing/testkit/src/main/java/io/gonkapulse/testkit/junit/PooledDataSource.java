package io.gonkapulse.testkit.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGPooledConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Keeps closed sessions for later use, without what the user has set, locked or created for the session. Opening one
 * can take more processor time than all statements of a test. Thread-safe.
 */
public final class PooledDataSource extends PGSimpleDataSource implements AutoCloseable {

    private static final long serialVersionUID = 1;

    /** Shown in {@code pg_stat_activity}. */
    public static final String APPLICATION_NAME = "test";

    private static final int MAX_IDLE = 2;
    private static final int VALIDATION_SECONDS = 5;

    private final transient BlockingDeque<Session> idle = new LinkedBlockingDeque<>(MAX_IDLE);

    public PooledDataSource(String url, String user, String password) {
        setUrl(url);
        setUser(user);
        setPassword(password);
        setApplicationName(APPLICATION_NAME);
        // Otherwise the driver sets the name after the start, and it is forgotten with the other settings.
        setAssumeMinServerVersion("15");
    }

    @Override
    public Connection getConnection() throws SQLException {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            if (session.connection.isValid(VALIDATION_SECONDS)) {
                return session.pooled.getConnection();
            }
            session.close();
        }
        Connection connection = super.getConnection();
        Session session = new Session(connection, new PGPooledConnection(connection, true));
        session.pooled.addConnectionEventListener(session);
        return session.pooled.getConnection();
    }

    /** Closes the sessions that are not in use. */
    @Override
    public void close() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.close();
        }
    }

    private final class Session implements ConnectionEventListener {

        private final Connection connection;
        private final PGPooledConnection pooled;

        Session(Connection connection, PGPooledConnection pooled) {
            this.connection = connection;
            this.pooled = pooled;
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            if (!clear() || !idle.offerFirst(this)) {
                close();
            }
        }

        @Override
        public void connectionErrorOccurred(@Nullable ConnectionEvent event) {
            close();
        }

        private boolean clear() {
            try (Statement statement = connection.createStatement()) {
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
                statement.execute("discard all");
                return true;
            } catch (SQLException e) {
                return false;
            }
        }

        void close() {
            try {
                pooled.close();
            } catch (SQLException e) {
                // The server has closed it.
            }
        }
    }
}
