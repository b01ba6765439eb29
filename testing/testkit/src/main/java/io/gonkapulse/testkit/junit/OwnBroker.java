package io.gonkapulse.testkit.junit;

/** A broker that ends with its test class. */
record OwnBroker(BrokerServer server, DedicatedBroker broker) implements AutoCloseable {

    static OwnBroker of(BrokerServer server) {
        return new OwnBroker(server, new DedicatedBroker(server));
    }

    @Override
    public void close() {
        server.close();
    }
}
