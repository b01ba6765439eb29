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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Publishes records with times of its own, and sees what the service has applied. */
class JobTopicClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String TOPIC = KafkaTopic.JOB_EVENTS.name();

    final JdbcTemplate jdbc;
    private final TestBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    JobTopicClient(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.jdbc = new JdbcTemplate(database.dataSource());
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        // With more requests in flight, a partition that just got its leader can
                        // reject the sequence for minutes.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Creates the topic with the times of the producer, so that a test decides how time passes. */
    static void createTopic(TestBroker broker) {
        broker.createTopic(
                TOPIC,
                KafkaTopic.JOB_EVENTS.partitions(),
                Map.of(
                        "message.timestamp.type",
                        "CreateTime",
                        "message.timestamp.after.max.ms",
                        String.valueOf(Long.MAX_VALUE),
                        "retention.ms",
                        "-1"));
    }

    /** Returns when the broker has all records. */
    final void publish(List<SimulatedRecord> records) {
        List<Future<RecordMetadata>> sends = records.stream()
                .map(one -> producer.send(new ProducerRecord<>(
                        TOPIC, one.partition(), one.recordMillis(), one.key().getBytes(UTF_8), one.value())))
                .toList();
        producer.flush();
        assertThat(sends).allSatisfy(send -> assertThat(send.get()).isNotNull());
    }

    /** Waits until the tables hold everything that the topic has now. */
    final void awaitApplied() {
        long records = topic().size();
        await().atMost(TIMEOUT).until(() -> applied() >= records);
    }

    /** The next offsets of all partitions together. */
    final long applied() {
        Long applied = jdbc.queryForObject(
                "select coalesce(sum(next_offset), 0) from audit.consumer_offsets where topic = ?", Long.class, TOPIC);
        return applied == null ? 0 : applied;
    }

    /** All records of the topic, those of the recorder included. */
    final List<SimulatedRecord> topic() {
        return broker.records(TOPIC).stream()
                .map(one -> new SimulatedRecord(
                        one.key() == null ? "" : new String(one.key(), UTF_8),
                        new String(one.requireValue(), UTF_8),
                        one.timestamp(),
                        one.partition()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
