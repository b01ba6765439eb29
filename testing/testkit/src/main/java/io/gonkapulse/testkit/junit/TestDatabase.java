package io.gonkapulse.testkit.junit;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real, initially empty database of one test class. Its sessions use Asia/Kathmandu, so that code which relies on
 * the session's time zone fails.
 */
public sealed class TestDatabase permits DedicatedDatabase {

    private final DatabaseServer server;
    private final String name;
    private final String username;
    private final PooledDataSource pool;

    TestDatabase(DatabaseServer server, String name) {
        this(server, name, server.username());
    }

    private TestDatabase(DatabaseServer server, String name, String username) {
        this.server = server;
        this.name = name;
        this.username = username;
        this.pool = new PooledDataSource(jdbcUrl(), username, server.password());
    }

    /** Another database on the same server, which need not exist. */
    final TestDatabase sibling(String other) {
        return new TestDatabase(server, other);
    }

    /** The same database through a login that has only this role, as a service has it in production. */
    public final TestDatabase withRole(String role) {
        return new TestDatabase(server, name, DatabaseAdministrator.of(server).createLogin(role, password()));
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

    /** The URL without credentials. */
    public final String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + name;
    }

    /** Reuses sessions. */
    public final DataSource dataSource() {
        return pool;
    }

    /** A template must have no sessions while it is copied. */
    final void closeIdleSessions() {
        pool.close();
    }

    /** Opens a new session for each connection. */
    final DataSource unpooledDataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(username());
        source.setPassword(password());
        return source;
    }
}
