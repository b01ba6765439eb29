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

/** All records of a topic. */
record TopicRecords(List<ConsumerRecord<byte[], byte[]>> all, Map<TopicPartition, Long> endOffsets) {

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

    /** Returns the values without the intentionally bad records. */
    List<byte[]> valuesExcept(Set<RecordLocation> locations) {
        return allExcept(locations).stream().map(ConsumerRecord::value).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> allExcept(Set<RecordLocation> locations) {
        return all.stream()
                .filter(record ->
                        !locations.contains(new RecordLocation(record.topic(), record.partition(), record.offset())))
                .toList();
    }

    long endOffset() {
        return endOffsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the source locations of dead letters, without duplicates. */
    Set<RecordLocation> deadLetterSources() {
        return new HashSet<>(all.stream()
                .map(deadLetter -> new RecordLocation(
                        text(deadLetter.headers(), "source-topic"),
                        Integer.parseInt(text(deadLetter.headers(), "source-partition")),
                        Long.parseLong(text(deadLetter.headers(), "source-offset"))))
                .collect(toSet()));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
