package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class PooledDataSourceTest {

    private static final String PROCESS = "select pg_backend_pid()";

    private final TestDatabase database;
    private final PooledDataSource source;

    PooledDataSourceTest(TestDatabase database) {
        this.database = database;
        source = new PooledDataSource(database.jdbcUrl(), database.username(), database.password());
    }

    @Test
    void sessionIsReusedWithoutItsState() throws SQLException {
        String first;
        try (Connection connection = source.getConnection()) {
            first = value(connection, PROCESS);
            execute(connection, "set time zone 'UTC'", "create temporary table mine (id integer)");
            execute(connection, "select pg_advisory_lock(7)");
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
        }

        try (Connection connection = source.getConnection()) {
            assertThat(value(connection, PROCESS)).isEqualTo(first);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(value(connection, "show application_name")).isEqualTo(PooledDataSource.APPLICATION_NAME);
            assertThat(value(connection, "show timezone")).isEqualTo("Asia/Kathmandu");
            assertThat(value(connection, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
            execute(connection, "create table mine (id integer)", "drop table mine");
        }
    }

    @Test
    void openTransactionIsRolledBack() throws SQLException {
        try (Connection connection = source.getConnection()) {
            execute(connection, "create table counted (id integer)");
            connection.setAutoCommit(false);
            execute(connection, "insert into counted values (1)");
        }

        try (Connection connection = source.getConnection()) {
            assertThat(value(connection, "select count(*) from counted")).isEqualTo("0");
        }
    }

    @Test
    void endedSessionIsReplaced() throws SQLException {
        String first;
        try (Connection connection = source.getConnection()) {
            first = value(connection, PROCESS);
        }
        try (Connection other = database.unpooledDataSource().getConnection()) {
            execute(other, "select pg_terminate_backend(" + first + ", 10000)");
        }

        try (Connection connection = source.getConnection()) {
            assertThat(value(connection, PROCESS)).isNotEqualTo(first);
        }
    }

    @Test
    void sessionsInUseAreNotShared() throws SQLException {
        try (Connection one = source.getConnection();
                Connection other = source.getConnection()) {
            assertThat(value(one, PROCESS)).isNotEqualTo(value(other, PROCESS));
        }
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
