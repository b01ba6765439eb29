package io.gonkapulse.benchmarks.harness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs a production service alone in its JVM until it is stopped. */
public final class ServiceMain {

    /** Property with the id of a gauge, whose value is reported once it is a number. */
    public static final String AWAITED_GAUGE = "benchmarks.awaited-gauge";

    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private ServiceMain() {}

    /**
     * Reports the HTTP port when the service has started, then the value of the {@link #AWAITED_GAUGE}, if any.
     *
     * @param args configuration class, Spring arguments
     */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(Class.forName(args[0]))
                .registerShutdownHook(false)
                .run(Arrays.copyOfRange(args, 1, args.length))) {
            ForkedProcess.report(service.getEnvironment().getRequiredProperty("local.server.port"));
            String gauge = service.getEnvironment().getProperty(AWAITED_GAUGE);
            if (gauge != null) {
                ForkedProcess.report(awaitNumber(
                        service.getBean(MeterRegistry.class).get(gauge).gauge()));
            }
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }

    private static String awaitNumber(Gauge gauge) {
        while (Double.isNaN(gauge.value())) {
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
        return Long.toString((long) gauge.value());
    }
}
