package io.gonkapulse.earningsaggregator.service;

import io.gonkapulse.earningsaggregator.EarningsAggregatorConfiguration;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs, on a free port. */
final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningService start(TestBroker broker, TestDatabase database, String... more) {
        return start(broker.bootstrapServers(), database, more);
    }

    static RunningService start(String brokers, TestDatabase database, String... more) {
        return new RunningService(new SpringApplicationBuilder(EarningsAggregatorConfiguration.class)
                .run(arguments(brokers, database, more)));
    }

    static String[] arguments(String brokers, TestDatabase database, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.config.name=earnings-aggregator",
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username="
                        + database.inGroup(EarningsDatabase.GROUP).username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.connection-timeout=2000",
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--intake.max-records=300",
                "--intake.first-back-off=100ms",
                "--intake.longest-back-off=500ms"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    long counted(String name) {
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
