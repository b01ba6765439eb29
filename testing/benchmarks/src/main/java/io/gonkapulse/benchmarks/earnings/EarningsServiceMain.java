package io.gonkapulse.benchmarks.earnings;

import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the aggregator alone in a JVM until it is stopped. Reports the number of differences that its initial
 * verification found.
 */
final class EarningsServiceMain {

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private EarningsServiceMain() {}

    /**
     * Reports the start, then the number of differences.
     *
     * @param args bootstrap servers, JDBC URL
     */
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
            ForkedProcess.report(service.isActive() ? "runs" : "does not run");
            ForkedProcess.report(awaitVerification(service.getBean(MeterRegistry.class)));
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }

    private static String awaitVerification(MeterRegistry meters) {
        Gauge differences = meters.get(PulseMeter.EARNINGS_DIFFERENCES.id()).gauge();
        while (Double.isNaN(differences.value())) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
        return Long.toString((long) differences.value());
    }
}
