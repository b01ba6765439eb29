package io.gonkapulse.statswriter;

import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.SchemaSetup;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in this process. */
final class StatsWriterFixture extends WriterClient {

    /** The service runs with the same group role as in production. */
    static final String GROUP = "gonkapulse_stats_writer";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;

    StatsWriterFixture(TestBroker broker, TestDatabase database, String... settings) {
        super(broker, database);
        this.context = new SpringApplicationBuilder(StatsWriterConfiguration.class)
                .registerShutdownHook(false)
                .run(arguments(broker, database, settings));
    }

    static void createSchema(TestDatabase database) {
        SchemaSetup.create(database, StatsWriterFixture::migrate);
    }

    /** Works on a database with open sessions, too. */
    static void migrate(TestDatabase database) {
        MigrationRunner.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                line -> {});
    }

    static String[] arguments(TestBroker broker, TestDatabase database, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--spring.config.name=stats-writer",
                                "--spring.datasource.url=" + database.jdbcUrl(),
                                "--spring.datasource.username="
                                        + database.withRole(GROUP).username(),
                                "--spring.datasource.password=" + database.password(),
                                "--spring.datasource.hikari.connection-timeout=1000",
                                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--spring.kafka.consumer.properties.metadata.max.age.ms=1000",
                                // Members learn of a rebalance with their next heartbeat.
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

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    String readiness() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port() + "/actuator/health/readiness");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** received, stored, superseded, dead-lettered. */
    List<Long> meterCounts(KafkaTopic topic) {
        return Stream.of("received", "stored", "superseded", "dead.lettered")
                .map(name -> bean(MeterRegistry.class)
                        .get("gonkapulse.records." + name)
                        .tag("topic", topic.name())
                        .counter()
                        .count())
                .map(Math::round)
                .toList();
    }

    /** Waits until the counters cover the given number of records; counters follow the commit. */
    List<Long> meterCounts(KafkaTopic topic, long received) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> meterCounts(topic),
                        all -> all.get(0) == received && all.get(1) + all.get(2) + all.get(3) == received);
    }

    @Override
    public void close() {
        context.close();
        super.close();
    }
}
