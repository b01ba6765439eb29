package io.gonkapulse.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that stands in a topic. */
record TopicRecords(List<ConsumerRecord<byte[], byte[]>> all, Map<TopicPartition, Long> endOffsets) {

    /** Where a record is. */
    record RecordLocation(String topic, int partition, long offset) {}

    static TopicRecords of(String topic, String bootstrapServers) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> endOffsets = consumer.endOffsets(partitions);
            while (endOffsets.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return new TopicRecords(all, endOffsets);
        }
    }

    /** Without those that were put there to be set aside. */
    List<byte[]> valuesExcept(Set<RecordLocation> locations) {
        return all.stream()
                .filter(one -> !locations.contains(new RecordLocation(one.topic(), one.partition(), one.offset())))
                .map(ConsumerRecord::value)
                .toList();
    }

    long endOffset() {
        return endOffsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where the records of a topic of dead letters came from; one that was sent twice counts once. */
    Set<RecordLocation> deadLetterSources() {
        return new HashSet<>(all.stream()
                .map(letter -> new RecordLocation(
                        text(letter.headers(), "source-topic"),
                        Integer.parseInt(text(letter.headers(), "source-partition")),
                        Long.parseLong(text(letter.headers(), "source-offset"))))
                .collect(toSet()));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
