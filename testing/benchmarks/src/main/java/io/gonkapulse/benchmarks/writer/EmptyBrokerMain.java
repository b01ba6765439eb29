package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.localservers.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a broker in its own JVM, so that its garbage collection does not affect the measured program. */
final class EmptyBrokerMain {

    private EmptyBrokerMain() {}

    public static void main(String[] args) throws IOException {
        try (LocalBroker broker = new LocalBroker(Path.of(args[0]), 0).start()) {
            ForkedProcess.report(broker.bootstrapServers());
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }
}
