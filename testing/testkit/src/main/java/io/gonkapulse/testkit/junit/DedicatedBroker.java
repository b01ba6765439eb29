package io.gonkapulse.testkit.junit;

/** A broker for one test class only, which the test may stop and restart under load. */
public final class DedicatedBroker extends TestBroker {

    private final BrokerServer server;

    DedicatedBroker(BrokerServer server) {
        super(server.bootstrapServers());
        this.server = server;
    }

    /** Disconnects all clients. */
    public void stop() {
        server.stop();
    }

    /** Restarts on the same port with all topics, records and groups. */
    public void start() {
        server.start();
    }
}
