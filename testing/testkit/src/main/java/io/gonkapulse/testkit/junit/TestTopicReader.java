package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic from its beginning without a consumer group. Later calls return only newer records. Not thread-safe.
 */
public final class TestTopicReader implements AutoCloseable {

    /** Bounds one wait for the broker, not a whole read. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    TestTopicReader(String bootstrapServers, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            consumer.close();
            throw new IllegalStateException("Expected an existing topic, got " + topic);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Returns all records up to the end offsets at the time of the call. Records of a partition keep their order.
     */
    public List<TestTopicRecord> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TestTopicRecord> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL_TIMEOUT).forEach(found -> records.add(record(found)));
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static TestTopicRecord record(ConsumerRecord<byte[], byte[]> found) {
        Map<String, String> headers = new HashMap<>();
        found.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new TestTopicRecord(
                found.partition(), found.offset(), found.timestamp(), found.key(), found.value(), headers);
    }

    /**
     * A record of a topic, without types of the Kafka client.
     *
     * @param timestamp in milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole: tests compare its components
    public record TestTopicRecord(
            int partition,
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, String> headers) {

        /** Returns the value and fails on a tombstone. */
        public byte[] requireValue() {
            return requireNonNull(value, "a tombstone has no value");
        }
    }
}
