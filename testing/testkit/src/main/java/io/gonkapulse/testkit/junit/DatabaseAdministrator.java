package io.gonkapulse.testkit.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Creates and drops databases and login roles on a test server. Names need no quotes. */
record DatabaseAdministrator(DataSource source) {

    // UTC+05:45. Code that confuses local time with UTC fails in this zone, even where it only truncates to hours.
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
        return new DatabaseAdministrator(new TestDatabase(server, "postgres").unpooledDataSource());
    }

    /** Creates an empty database whose sessions use {@link #TIME_ZONE}. */
    void create(String database) {
        copy("template1", database);
    }

    /** Copies a database without sessions. Settings of and rights on the database itself are not copied. */
    void copy(String template, String database) {
        execute(
                "create database %s template %s strategy file_copy".formatted(database, template),
                "alter database %s set timezone to '%s'".formatted(database, TIME_ZONE));
    }

    /** Also works while a test still has sessions open. */
    void drop(String database) {
        execute("drop database if exists %s with (force)".formatted(database));
    }

    /** Roles belong to the server and outlive a test class, so the role may already exist. */
    String createLogin(String role, String password) {
        String login = role + "_login";
        execute(CREATE_ROLE_IF_MISSING.formatted(role, "nologin"));
        execute(
                CREATE_ROLE_IF_MISSING.formatted(login, "login password '" + password + "'"),
                "grant %s to %s".formatted(role, login));
        return login;
    }

    private void execute(String... commands) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The test database server rejected: " + String.join("; ", commands), e);
        }
    }
}
