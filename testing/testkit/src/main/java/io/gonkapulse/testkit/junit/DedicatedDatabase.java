package io.gonkapulse.testkit.junit;

/** A database on a server of this test class alone, to be stopped and started under load. */
public final class DedicatedDatabase extends TestDatabase {

    private final DatabaseServer server;

    DedicatedDatabase(DatabaseServer server, String name) {
        super(server, name);
        this.server = server;
    }

    /** Ends every session. */
    public void stop() {
        server.stop();
    }

    /** On the same port, with all that was committed. */
    public void start() {
        server.start();
    }
}
