package io.gonkapulse.testkit.junit;

/** A database server for tests, wherever it runs. */
interface DatabaseServer extends Server {

    String host();

    int port();

    String username();

    String password();

    static DatabaseServer started() {
        DatabaseServer server = Containers.areAskedFor() ? ContainerDatabase.create() : EmbeddedDatabase.create();
        server.start();
        return server;
    }
}
