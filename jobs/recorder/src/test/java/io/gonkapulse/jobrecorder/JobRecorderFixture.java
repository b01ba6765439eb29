package io.gonkapulse.jobrecorder;

import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in this process. */
final class JobRecorderFixture extends JobTopicClient {

    private final ConfigurableApplicationContext context;

    JobRecorderFixture(TestBroker broker, TestDatabase database, String... settings) {
        super(broker, database);
        this.context = new SpringApplicationBuilder(JobRecorderConfiguration.class)
                .registerShutdownHook(false)
                .run(arguments(broker, database, settings));
    }

    static String[] arguments(TestBroker broker, TestDatabase database, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--spring.config.name=job-recorder",
                                "--spring.datasource.url=" + database.jdbcUrl(),
                                "--spring.datasource.username="
                                        + database.withRole(JobTablesFixture.ROLE)
                                                .username(),
                                "--spring.datasource.password=" + database.password(),
                                "--spring.datasource.hikari.connection-timeout=1000",
                                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--spring.kafka.consumer.properties.metadata.max.age.ms=1000",
                                "--spring.kafka.consumer.heartbeat-interval=300ms",
                                "--consumer.initial-back-off=50ms",
                                "--consumer.max-back-off=500ms",
                                "--server.port=0"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        super.close();
    }
}
