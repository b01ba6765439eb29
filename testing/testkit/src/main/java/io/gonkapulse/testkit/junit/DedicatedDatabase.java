package io.gonkapulse.testkit.junit;

/** A database on a server for one test class only, which the test may stop and restart under load. */
public final class DedicatedDatabase extends TestDatabase {

    private final DatabaseServer server;

    DedicatedDatabase(DatabaseServer server, String name) {
        super(server, name);
        this.server = server;
    }

    /** Terminates every session. */
    public void stop() {
        server.stop();
    }

    /** Restarts on the same port with all committed data. */
    public void start() {
        server.start();
    }
}
