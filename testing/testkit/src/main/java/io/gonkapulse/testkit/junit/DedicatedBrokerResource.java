package io.gonkapulse.testkit.junit;

/** Closes a dedicated broker with its test class. */
record DedicatedBrokerResource(BrokerServer server, DedicatedBroker broker) implements AutoCloseable {

    static DedicatedBrokerResource of(BrokerServer server) {
        return new DedicatedBrokerResource(server, new DedicatedBroker(server));
    }

    @Override
    public void close() {
        server.close();
    }
}
