package io.gonkapulse.testkit.junit;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real, empty database of this test class, whose sessions are far from UTC on purpose. */
public sealed class TestDatabase permits DedicatedDatabase {

    private final DatabaseServer server;
    private final String name;

    TestDatabase(DatabaseServer server, String name) {
        this.server = server;
        this.name = name;
    }

    public final String host() {
        return server.host();
    }

    public final int port() {
        return server.port();
    }

    public final String name() {
        return name;
    }

    public final String username() {
        return server.username();
    }

    public final String password() {
        return server.password();
    }

    public final String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + name;
    }

    /** Opens a session for each connection; it does not pool. */
    public final DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(username());
        source.setPassword(password());
        return source;
    }
}
