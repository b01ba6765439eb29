package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.io.IOException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service alone in its JVM, as it runs, until it is told to end. */
final class EarningsServiceMain {

    private EarningsServiceMain() {}

    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(
                        EarningsAggregatorConfiguration.class)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=earnings-aggregator",
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + args[0],
                        "--spring.datasource.url=" + args[1],
                        "--spring.datasource.username=" + LocalDatabase.USERNAME,
                        "--spring.datasource.password=")) {
            ForkedProgram.say(service.isActive() ? "runs" : "does not run");
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }
}
