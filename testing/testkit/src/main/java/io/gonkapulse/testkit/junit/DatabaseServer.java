package io.gonkapulse.testkit.junit;

/** A database server for tests, wherever it runs. */
interface DatabaseServer extends RestartableServer {

    String host();

    int port();

    String username();

    String password();

    static DatabaseServer createStarted() {
        DatabaseServer server =
                ContainerSupport.areRequested() ? ContainerDatabase.create() : EmbeddedDatabase.create();
        server.start();
        return server;
    }
}
