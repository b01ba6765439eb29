package io.gonkapulse.testkit.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes and drops databases. */
record DatabaseAdministrator(DataSource source) {

    // A quarter of an hour off any other zone's full hours: whatever mixes up local time and UTC gets caught.
    private static final String TIME_ZONE = "Asia/Kathmandu";

    private static final String CREATE_ROLE_IF_MISSING = """
            do $$
            begin
                create role %s %s;
            exception
                when duplicate_object then null;
            end
            $$
            """;

    static DatabaseAdministrator of(DatabaseServer server) {
        return new DatabaseAdministrator(new TestDatabase(server, "postgres").dataSource());
    }

    void create(String database) {
        execute(
                "create database %s".formatted(database),
                "alter database %s set timezone to '%s'".formatted(database, TIME_ZONE));
    }

    /** Whether or not a test has left sessions open. */
    void drop(String database) {
        execute("drop database %s with (force)".formatted(database));
    }

    /** Roles belong to the server: they outlive the class, and another class may have made them. */
    String createLogin(String group, String password) {
        String login = group + "_login";
        execute(CREATE_ROLE_IF_MISSING.formatted(group, "nologin"));
        execute(
                CREATE_ROLE_IF_MISSING.formatted(login, "login password '" + password + "'"),
                "grant %s to %s".formatted(group, login));
        return login;
    }

    private void execute(String... commands) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The test database server refused: " + String.join("; ", commands), e);
        }
    }
}
