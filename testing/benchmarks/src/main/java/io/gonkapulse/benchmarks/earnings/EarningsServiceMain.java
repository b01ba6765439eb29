package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service alone in its JVM, as it runs, until it is told to end. It says how many differences it found at its start. */
final class EarningsServiceMain {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(50).toNanos();

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
            ForkedProgram.say(verified(service.getBean(MeterRegistry.class)));
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }

    private static String verified(MeterRegistry meters) {
        Gauge differences = meters.get(Meter.EARNINGS_DIFFERENCES.id()).gauge();
        while (Double.isNaN(differences.value())) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return Long.toString((long) differences.value());
    }
}
