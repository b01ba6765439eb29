package io.gonkapulse.testkit.junit;

/** A broker for tests, in this JVM or in a container. */
interface BrokerServer extends RestartableServer {

    String bootstrapServers();

    static BrokerServer createStarted() {
        BrokerServer server = ContainerSupport.areRequested() ? ContainerBroker.create() : EmbeddedBroker.create();
        server.start();
        return server;
    }
}
