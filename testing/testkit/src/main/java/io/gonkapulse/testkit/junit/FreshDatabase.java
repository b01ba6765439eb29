package io.gonkapulse.testkit.junit;

import java.util.concurrent.atomic.AtomicInteger;

/** A database that ends with its test class, on a server that goes on. */
record FreshDatabase(DatabaseServer server, TestDatabase database) implements AutoCloseable {

    private static final AtomicInteger MADE = new AtomicInteger();

    static FreshDatabase on(DatabaseServer server) {
        String name = "test_" + MADE.incrementAndGet();
        DatabaseAdministration.of(server).create(name);
        return new FreshDatabase(server, new TestDatabase(server, name));
    }

    @Override
    public void close() {
        DatabaseAdministration.of(server).drop(database.name());
    }
}
