package io.gonkapulse.testkit.junit;

/** The broker that all test classes of this JVM use, one class at a time. */
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
