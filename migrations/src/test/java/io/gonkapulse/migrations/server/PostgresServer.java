package io.gonkapulse.migrations.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server that creates databases on request, empty or migrated. */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String host;
    private final int port;
    private final Map<String, String> templates = new HashMap<>();

    PostgresServer(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public PostgresDatabase freshDatabase() {
        return copyOf("template1");
    }

    /** The newest schema without rows. */
    public PostgresDatabase migratedDatabase() {
        return databaseAtVersion(TrackerMigrations.NEWEST);
    }

    /** The newest schema of the module audit without rows, and nothing else. */
    public synchronized PostgresDatabase auditDatabase() {
        return copyOf(templates.computeIfAbsent("audit", this::createTemplate));
    }

    /**
     * Copies a database that was migrated once, in a fraction of the time. A copy has all rights but those on the
     * database itself.
     */
    public synchronized PostgresDatabase databaseAtVersion(int version) {
        return copyOf(templates.computeIfAbsent("tracker --to " + version, this::createTemplate));
    }

    private String createTemplate(String arguments) {
        PostgresDatabase template = freshDatabase();
        ProgramRun.succeed(template, ("migrate --module " + arguments).split(" "));
        return template.name();
    }

    private PostgresDatabase copyOf(String template) {
        String name = "fresh_" + DATABASES.incrementAndGet();
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name + " template " + template + " strategy file_copy");
        return database(name);
    }

    /** For a test that drops the roles of all databases. */
    public synchronized void forgetMigratedDatabases() {
        templates.clear();
    }

    /** The database as a login with the rights of a group role. */
    public PostgresDatabase login(PostgresDatabase database, String name, String group) {
        if (value("select count(*) from pg_roles where rolname = '" + name + "'")
                .equals("0")) {
            execute("create role " + name + " login");
        }
        execute("grant " + group + " to " + name);
        return database.as(name);
    }

    public PostgresDatabase database(String name) {
        return new PostgresDatabase(host, port, name, "postgres");
    }

    public String value(String query) {
        return database("postgres").value(query);
    }

    public void execute(String sql) {
        database("postgres").execute(sql);
    }
}
