package io.gonkapulse.testkit.junit;

/** A database server that ends with its test class, whether that has left it running or not. */
record DedicatedDatabaseResource(DatabaseServer server, DedicatedDatabase database) implements AutoCloseable {

    private static final String NAME = "test_dedicated";

    static DedicatedDatabaseResource of(DatabaseServer server) {
        DatabaseAdministrator.of(server).create(NAME);
        return new DedicatedDatabaseResource(server, new DedicatedDatabase(server, NAME));
    }

    @Override
    public void close() {
        server.close();
    }
}
