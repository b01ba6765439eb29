package io.gonkapulse.jobrecorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole service in this process, and a producer that chooses the times of its records. */
final class JobRecorderFixture implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOPIC = KafkaTopic.JOB_EVENTS.name();

    final JdbcTemplate jdbc;
    private final TestBroker broker;
    private final ConfigurableApplicationContext context;
    private final KafkaProducer<byte[], byte[]> producer;

    JobRecorderFixture(TestBroker broker, TestDatabase database, String... settings) {
        this.broker = broker;
        this.jdbc = new JdbcTemplate(database.dataSource());
        this.context = new SpringApplicationBuilder(JobRecorderConfiguration.class)
                .registerShutdownHook(false)
                .run(arguments(broker, database, settings));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Creates the topic with the times of the producer, so that a test decides how time passes. */
    static void createTopic(TestBroker broker) {
        broker.createTopic(
                TOPIC,
                KafkaTopic.JOB_EVENTS.partitions(),
                Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"));
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

    /** Returns when the broker has all records. */
    void publish(List<SimulatedRecord> records) {
        List<Future<RecordMetadata>> sends = records.stream()
                .map(one -> producer.send(new ProducerRecord<>(
                        TOPIC, one.partition(), one.recordMillis(), one.key().getBytes(UTF_8), one.value())))
                .toList();
        producer.flush();
        assertThat(sends).allSatisfy(send -> assertThat(send.get()).isNotNull());
    }

    /** Waits until the tables hold everything that the topic has now. */
    void awaitApplied() {
        long records = topic().size();
        await().atMost(TIMEOUT).until(() -> applied() >= records);
    }

    /** The next offsets of all partitions together. */
    long applied() {
        Long applied = jdbc.queryForObject(
                "select coalesce(sum(next_offset), 0) from audit.consumer_offsets where topic = ?", Long.class, TOPIC);
        return applied == null ? 0 : applied;
    }

    /** All records of the topic, those of the recorder included. */
    List<SimulatedRecord> topic() {
        return broker.records(TOPIC).stream()
                .map(one -> new SimulatedRecord(
                        one.key() == null ? "" : new String(one.key(), UTF_8),
                        new String(one.requireValue(), UTF_8),
                        one.timestamp(),
                        one.partition()))
                .toList();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        producer.close();
        context.close();
    }
}
