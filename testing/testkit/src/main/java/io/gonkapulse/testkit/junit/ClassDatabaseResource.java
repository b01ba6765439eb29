package io.gonkapulse.testkit.junit;

import java.util.concurrent.atomic.AtomicInteger;

/** A database of one test class on the shared server. Closing it drops the database; the server keeps running. */
record ClassDatabaseResource(DatabaseServer server, TestDatabase database) implements AutoCloseable {

    private static final AtomicInteger CREATED = new AtomicInteger();

    static ClassDatabaseResource createOn(DatabaseServer server) {
        String name = "test_" + CREATED.incrementAndGet();
        DatabaseAdministrator.of(server).create(name);
        return new ClassDatabaseResource(server, new TestDatabase(server, name));
    }

    @Override
    public void close() {
        DatabaseAdministrator.of(server).drop(database.name());
    }
}
