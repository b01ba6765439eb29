package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all dead letters of a topic. */
final class DeadLetterListener {

    private DeadLetterListener() {}

    /**
     * The parts of a dead letter that tests check.
     *
     * @param source partition@offset
     * @param length of the value, -1 for none
     */
    record DeadLetterSample(String source, String reason, int length) {}

    static List<DeadLetterSample> readAll(TestBroker broker, KafkaTopic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer
                    .partitionsFor(topic.deadLetterTopic("stats-writer").name())
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<DeadLetterSample> found = new ArrayList<>();
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(toSample(record)));
            }
            return found;
        }
    }

    private static DeadLetterSample toSample(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetterSample(
                header(record, "source-partition") + "@" + header(record, "source-offset"),
                header(record, "reason"),
                record.value() == null ? -1 : record.value().length);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        return new String(record.headers().lastHeader(key).value(), UTF_8);
    }
}
