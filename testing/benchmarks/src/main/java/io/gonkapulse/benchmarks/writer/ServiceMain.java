package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import java.io.IOException;
import org.springframework.context.ConfigurableApplicationContext;

/** The service alone in its JVM, until it is told to end. */
final class ServiceMain {

    private ServiceMain() {}

    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext service = Drain.start(args[0], args[1])) {
            ForkedProgram.say(service.isActive() ? "runs" : "does not run");
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }
}
