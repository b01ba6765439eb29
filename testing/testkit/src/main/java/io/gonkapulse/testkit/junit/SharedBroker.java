package io.gonkapulse.testkit.junit;

/** The broker of all test classes of this JVM, which takes them one after the other. */
record SharedBroker(BrokerServer server) implements AutoCloseable {

    TestBroker cleared() {
        new BrokerClearing(server.bootstrapServers()).run();
        return new TestBroker(server.bootstrapServers());
    }

    @Override
    public void close() {
        server.close();
    }
}
