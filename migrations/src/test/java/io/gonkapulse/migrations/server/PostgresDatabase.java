package io.gonkapulse.migrations.server;

import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One database with its connection settings. */
public record PostgresDatabase(String host, int port, String name, String user) {

    public PostgresDatabase as(String other) {
        return new PostgresDatabase(host, port, name, other);
    }

    public String url() {
        return "postgres://" + user + "@" + host + ":" + port + "/" + name;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    public Map<String, String> environment() {
        return Map.of("DATABASE_URL", url());
    }

    public DatabaseSettings settings() {
        return DatabaseSettings.of(host, port, name, user, "");
    }

    /** A zone far from UTC, so that tests fail if the code depends on the zone of the session. */
    public Connection connect() throws SQLException {
        Connection connection = SessionPools.of(this).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'Asia/Kathmandu'");
        }
        return connection;
    }

    /** The next statement sees settings of the database that were changed. */
    public void closeIdleSessions() {
        SessionPools.close(this);
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    /** One string per row: its columns, joined with bars. */
    public List<String> rows(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + query, e);
        }
    }

    public String value(String query) {
        return String.join("\n", rows(query));
    }

    private static String row(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> values = new ArrayList<>();
        for (int column : IntStream.rangeClosed(1, columns).toArray()) {
            @Nullable String value = rows.getString(column);
            values.add(value == null ? "null" : value);
        }
        return String.join("|", values);
    }
}
