package io.gonkapulse.statswriter;

import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
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
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole service in this process, with a producer and access to the database. */
public final class StatsWriterFixture implements AutoCloseable {

    /** The service runs with the same group role as in production. */
    static final String GROUP = "gonkapulse_stats_writer";

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec();
    private static final PollCodec POLLS = new PollCodec();

    final JdbcTemplate jdbc;
    private final TestBroker broker;
    private final RecordPublisher publisher;
    private final ConfigurableApplicationContext context;

    StatsWriterFixture(TestBroker broker, TestDatabase database, String... settings) {
        this.broker = broker;
        this.jdbc = new JdbcTemplate(database.dataSource());
        this.publisher = new RecordPublisher(broker);
        this.context = new SpringApplicationBuilder(StatsWriterConfiguration.class)
                .registerShutdownHook(false)
                .run(arguments(broker, database, settings));
    }

    static void createSchema(TestDatabase database) {
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
                                "--consumer.initial-back-off=50ms",
                                "--consumer.max-back-off=500ms",
                                "--server.port=0"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    void send(Snapshot snapshot) {
        send(KafkaTopic.SNAPSHOTS, snapshot.node().value(), SNAPSHOTS.encode(snapshot));
    }

    void send(Poll poll) {
        send(KafkaTopic.POLLS, poll.tracker().value(), POLLS.encode(poll));
    }

    void send(KafkaTopic topic, String key, byte @Nullable [] value) {
        publisher.send(topic, key, value);
    }

    void flush() {
        publisher.flush();
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
        return await().atMost(LONG)
                .until(
                        () -> meterCounts(topic),
                        all -> all.get(0) == received && all.get(1) + all.get(2) + all.get(3) == received);
    }

    /** The same counts from the database: offset, stored, superseded, dead-lettered. */
    List<Long> storedCounts(KafkaTopic topic) {
        return jdbc.queryForObject(
                """
                select coalesce(sum(next_offset), 0), coalesce(sum(stored), 0), coalesce(sum(superseded), 0),
                       coalesce(sum(dead_lettered), 0)
                  from consumer_offsets
                 where consumer_group = 'stats-writer'
                   and topic = ?
                """,
                (row, number) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                topic.name());
    }

    boolean hasApplied(KafkaTopic topic, long records) {
        return storedCounts(topic).get(0) >= records;
    }

    List<DeadLetterListener.DeadLetterSample> deadLetters(KafkaTopic topic) {
        return DeadLetterListener.readAll(broker, topic);
    }

    @Override
    public void close() {
        context.close();
        publisher.close();
    }
}
