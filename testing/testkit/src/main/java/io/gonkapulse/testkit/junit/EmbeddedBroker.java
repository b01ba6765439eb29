package io.gonkapulse.testkit.junit;

import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalBroker;

/** A broker inside this JVM. */
record EmbeddedBroker(DisposableHome home, LocalBroker broker) implements BrokerServer {

    static EmbeddedBroker create() {
        DisposableHome home = DisposableHome.in(EmbeddedDatabase.HOMES, "broker");
        return new EmbeddedBroker(home, new LocalBroker(home.path(), 0));
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void start() {
        broker.start();
    }

    @Override
    public void stop() {
        broker.stop();
    }

    @Override
    public void close() {
        broker.close();
        home.close();
    }
}
