package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the gateway's last statement from {@code pg_stat_activity}, so that pgbench runs exactly the SQL of
 * production.
 */
final class GatewayStatementReader {

    /** Sessions keep their last statement in {@code pg_stat_activity} while they are idle. */
    private static final String LAST_STATEMENT = """
            select query
              from pg_stat_activity
             where datname = current_database()
               and pid <> pg_backend_pid()
               and strpos(query, ?) > 0
             order by query_start desc
             limit 1
            """;

    private final LocalDatabase database;

    GatewayStatementReader(LocalDatabase database) {
        this.database = database;
    }

    /**
     * Returns the newest statement that contains a marker.
     *
     * @param parameters SQL in place of {@code $1}, {@code $2} and so on
     */
    String read(String marker, List<String> parameters) throws SQLException {
        String sql = findLast(marker);
        if (!sql.contains("$" + parameters.size())) {
            throw new IllegalStateException("Expected " + parameters.size() + " parameters or more, got\n" + sql);
        }
        for (int number = parameters.size(); number > 0; number--) {
            sql = sql.replace("$" + number, parameters.get(number - 1));
        }
        if (sql.contains("$")) {
            throw new IllegalStateException("Expected " + parameters.size() + " parameters, got\n" + sql);
        }
        return sql;
    }

    private String findLast(String marker) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(ApiDataGenerator.DATABASE), LocalDatabase.USERNAME, "");
                PreparedStatement statement = connection.prepareStatement(LAST_STATEMENT)) {
            statement.setString(1, marker);
            ResultSet rows = statement.executeQuery();
            if (!rows.next()) {
                throw new IllegalStateException("Expected a gateway statement that contains \"" + marker + "\"");
            }
            return rows.getString(1);
        }
    }
}
