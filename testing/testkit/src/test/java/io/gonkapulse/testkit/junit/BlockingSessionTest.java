package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealInfrastructure
@Timeout(120)
class BlockingSessionTest {

    @Test
    void findsAndTerminatesBlockedSession(TestDatabase database) throws SQLException {
        SqlRunner query = new SqlRunner(database.dataSource());
        query.execute("create table lockable (id integer)");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            BlockingSession session = new BlockingSession(database, connection);
            connection.setAutoCommit(false);
            statement.execute("lock table lockable");
            assertThat(session.isBlocking()).isFalse();

            CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> read(query));
            while (!session.isBlocking()) {
                assertThat(blocked).isNotDone();
            }

            assertThat(session.terminateBlocked()).isEqualTo(1);
            assertThatThrownBy(blocked::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("terminating connection");
        }
    }

    private static void read(SqlRunner query) {
        try {
            query.execute("select * from lockable");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
