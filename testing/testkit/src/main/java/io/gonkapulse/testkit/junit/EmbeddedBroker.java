package io.gonkapulse.testkit.junit;

import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalBroker;

/** A broker inside this JVM. */
record EmbeddedBroker(DisposableDirectory directory, LocalBroker broker) implements BrokerServer {

    /** Creates a broker with disposable data in the tested module's {@code target}. */
    static EmbeddedBroker create() {
        DisposableDirectory home = DisposableDirectory.createIn(EmbeddedDatabase.PARENT_DIRECTORY, "broker");
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
        directory.close();
    }
}
