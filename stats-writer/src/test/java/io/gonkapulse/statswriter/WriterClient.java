package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sends records to the service and reads what it has stored. */
class WriterClient implements AutoCloseable {

    private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec();
    private static final PollCodec POLLS = new PollCodec();

    final JdbcTemplate jdbc;
    private final TestBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    WriterClient(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.jdbc = new JdbcTemplate(database.dataSource());
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "max.request.size",
                        16 << 20,
                        // With more requests in flight, a partition that just got its leader can
                        // reject the sequence for minutes.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(Snapshot snapshot) {
        send(KafkaTopic.SNAPSHOTS, snapshot.node().value(), SNAPSHOTS.encode(snapshot));
    }

    void send(Poll poll) {
        send(KafkaTopic.POLLS, poll.tracker().value(), POLLS.encode(poll));
    }

    void send(KafkaTopic topic, String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                .isDone();
    }

    void flush() {
        producer.flush();
    }

    /** Offset, stored, superseded, dead-lettered. */
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

    long applied(KafkaTopic topic) {
        return storedCounts(topic).get(0);
    }

    boolean hasApplied(KafkaTopic topic, long records) {
        return applied(topic) >= records;
    }

    List<DeadLetterSample> deadLetters(KafkaTopic topic) {
        return broker
                .records(topic.deadLetterTopic(StatsWriterConfiguration.GROUP).name())
                .stream()
                .map(DeadLetterSample::of)
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }

    /**
     * The parts of a dead letter that tests check.
     *
     * @param source partition@offset
     * @param length of the value, -1 for none
     */
    record DeadLetterSample(String source, String reason, int length) {

        private static DeadLetterSample of(TestTopicRecord deadLetter) {
            Map<String, String> headers = deadLetter.headers();
            byte[] value = deadLetter.value();
            return new DeadLetterSample(
                    headers.get("source-partition") + "@" + headers.get("source-offset"),
                    String.valueOf(headers.get("reason")),
                    value == null ? -1 : value.length);
        }
    }
}
