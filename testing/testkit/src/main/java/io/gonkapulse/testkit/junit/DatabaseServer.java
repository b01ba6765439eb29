package io.gonkapulse.testkit.junit;

/** A database server for tests, beside this JVM or in a container. */
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
