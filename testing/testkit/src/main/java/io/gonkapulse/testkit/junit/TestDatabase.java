package io.gonkapulse.testkit.junit;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real, empty database of this test class, whose sessions are far from UTC on purpose. */
public sealed class TestDatabase permits DedicatedDatabase {

    private final DatabaseServer server;
    private final String name;
    private final String username;

    TestDatabase(DatabaseServer server, String name) {
        this(server, name, server.username());
    }

    private TestDatabase(DatabaseServer server, String name, String username) {
        this.server = server;
        this.name = name;
        this.username = username;
    }

    /** The same as a login that may do no more than this group of the schema may, as a service in production has it. */
    public final TestDatabase withRole(String group) {
        return new TestDatabase(server, name, DatabaseAdministrator.of(server).createLogin(group, password()));
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
        return username;
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
