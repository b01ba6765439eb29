package io.gonkapulse.earningsaggregator;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The complete service on a free port. */
final class RunningEarningsService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningEarningsService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningEarningsService start(TestBroker broker, TestDatabase database, String... more) {
        return start(broker.bootstrapServers(), database, more);
    }

    static RunningEarningsService start(String brokers, TestDatabase database, String... more) {
        return new RunningEarningsService(new SpringApplicationBuilder(EarningsAggregatorConfiguration.class)
                .run(arguments(brokers, database, more)));
    }

    static String[] arguments(String brokers, TestDatabase database, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.config.name=earnings-aggregator",
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username="
                        + database.withRole(EarningsDatabase.GROUP).username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.connection-timeout=2000",
                "--spring.kafka.bootstrap-servers=" + brokers,
                // Members learn of a rebalance with their next heartbeat.
                "--spring.kafka.consumer.heartbeat-interval=300ms",
                "--consumer.max-records=300",
                "--consumer.initial-back-off=100ms",
                "--consumer.max-back-off=500ms"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    long recordCount(String name) {
        return Math.round(context.getBean(MeterRegistry.class)
                .get("gonkapulse.records." + name)
                .counter()
                .count());
    }

    @Override
    public void close() {
        context.close();
    }
}
