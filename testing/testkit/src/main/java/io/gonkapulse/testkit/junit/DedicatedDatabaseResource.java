package io.gonkapulse.testkit.junit;

/** Closes a dedicated database server with its test class, whether it is running or stopped. */
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
