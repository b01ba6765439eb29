package io.gonkapulse.testkit.junit;

/** A broker for tests, wherever it runs. */
interface BrokerServer extends Server {

    String bootstrapServers();

    static BrokerServer started() {
        BrokerServer server = Containers.areAskedFor() ? ContainerBroker.create() : EmbeddedBroker.create();
        server.start();
        return server;
    }
}
