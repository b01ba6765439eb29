package io.gonkapulse.testkit.junit;

/** The broker of all test classes of this JVM, which takes them one after the other. */
record SharedBrokerResource(BrokerServer server) implements AutoCloseable {

    TestBroker clear() {
        new BrokerCleaner(server.bootstrapServers()).clear();
        return new TestBroker(server.bootstrapServers());
    }

    @Override
    public void close() {
        server.close();
    }
}
