package io.gonkapulse.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import io.gonkapulse.chaos.TopicRecords.RecordLocation;
import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes invalid records to the topics and remembers their locations. */
final class BadRecordPublisher implements AutoCloseable {

    private static final List<String> VALUES = List.of("{", "{\"schemaVersion\":99}", "[1]", "", "no JSON at all");

    private static final List<KafkaTopic> TOPICS = Stream.concat(
                    KafkaTopic.TRACKER_TOPICS.stream(), Stream.of(KafkaTopic.JOB_EVENTS))
            .toList();

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<RecordLocation> locations = new ArrayList<>();

    BadRecordPublisher(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        // Keeps the order, and retries until the outcome is known.
                        "max.in.flight.requests.per.connection", "1",
                        "delivery.timeout.ms", "300000",
                        "max.block.ms", "300000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void publishToEachTopic() {
        for (KafkaTopic topic : TOPICS) {
            String value = VALUES.get(locations.size() % VALUES.size());
            publish(topic, value.isEmpty() ? null : value.getBytes(UTF_8));
        }
    }

    private void publish(KafkaTopic topic, byte @Nullable [] value) {
        byte[] key = ("bad-" + locations.size()).getBytes(UTF_8);
        try {
            RecordMetadata metadata = producer.send(new ProducerRecord<>(topic.name(), key, value))
                    .get();
            locations.add(new RecordLocation(metadata.topic(), metadata.partition(), metadata.offset()));
        } catch (Exception e) { // the future's declared exceptions
            throw new IllegalStateException("Could not publish a bad record to " + topic.name(), e);
        }
    }

    Set<RecordLocation> locations() {
        return Set.copyOf(locations);
    }

    Set<RecordLocation> locations(KafkaTopic topic) {
        return locations.stream()
                .filter(location -> location.topic().equals(topic.name()))
                .collect(toSet());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
