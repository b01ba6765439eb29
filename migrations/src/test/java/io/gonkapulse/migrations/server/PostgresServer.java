package io.gonkapulse.migrations.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server that creates empty databases on request. */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String host;
    private final int port;

    PostgresServer(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public TestDatabase freshDatabase() {
        String name = "fresh_" + DATABASES.incrementAndGet();
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name);
        return new TestDatabase(host, port, name, "postgres");
    }

    public TestDatabase database(String name) {
        return new TestDatabase(host, port, name, "postgres");
    }

    public String value(String query) {
        return database("postgres").value(query);
    }

    public void execute(String sql) {
        String url = "jdbc:postgresql://" + host + ":" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
