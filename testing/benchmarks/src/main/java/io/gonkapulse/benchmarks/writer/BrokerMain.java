package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.testkit.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A real broker in a JVM of its own, so that its garbage is nobody else's. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        try (LocalBroker broker = new LocalBroker(Path.of(args[0]), 0).start()) {
            ForkedProgram.say(broker.bootstrapServers());
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }
}
