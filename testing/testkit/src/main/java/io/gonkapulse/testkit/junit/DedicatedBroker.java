package io.gonkapulse.testkit.junit;

/** A broker of this test class alone, to be stopped and started under load. */
public final class DedicatedBroker extends TestBroker {

    private final BrokerServer server;

    DedicatedBroker(BrokerServer server) {
        super(server.bootstrapServers());
        this.server = server;
    }

    public void stop() {
        server.stop();
    }

    /** On the same port, with all that it had. */
    public void start() {
        server.start();
    }
}
