package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import java.io.IOException;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the service alone in its JVM until it is stopped. */
final class StatsWriterServiceMain {

    private StatsWriterServiceMain() {}

    /**
     * Reports the start.
     *
     * @param args bootstrap servers, JDBC URL
     */
    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext service = DrainRunner.start(args[0], args[1])) {
            ForkedProcess.report(service.isActive() ? "runs" : "does not run");
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }
}
