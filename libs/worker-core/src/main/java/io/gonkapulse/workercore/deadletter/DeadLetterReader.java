package io.gonkapulse.workercore.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a dead letter topic up to its end offsets at the start. A record that is replayed and fails
 * again lands behind them and stays pending for the next run.
 */
final class DeadLetterReader implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> endOffsets;
    private final Map<TopicPartition, Long> committedOffsets;

    DeadLetterReader(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.endOffsets = consumer.endOffsets(partitions);
        this.committedOffsets = consumer.committed(Map.copyOf(endOffsets).keySet()).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    record DeadLetterRecord(
            DeadLetter deadLetter, boolean valueOmitted, TopicPartition partition, long offset, long timestamp) {}

    boolean isPending(DeadLetterRecord found) {
        return found.offset() >= committedOffsets.getOrDefault(found.partition(), 0L);
    }

    void seekToPending() {
        committedOffsets.forEach(consumer::seek);
    }

    void read(long limit, Consumer<DeadLetterRecord> reader) {
        long remaining = limit;
        while (remaining > 0 && !isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (remaining > 0 && record.offset() < endOffsets.getOrDefault(partition, 0L)) {
                    reader.accept(parse(record, partition));
                    remaining--;
                }
            }
        }
    }

    private boolean isAtEnd() {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= endOffsets.getOrDefault(partition, 0L));
    }

    void commit(DeadLetterRecord found) {
        consumer.commitSync(Map.of(found.partition(), new OffsetAndMetadata(found.offset() + 1)));
    }

    private static DeadLetterRecord parse(ConsumerRecord<byte[], byte[]> record, TopicPartition partition) {
        DeadLetter.SourcePosition source = new DeadLetter.SourcePosition(
                DeadLetterHeader.SOURCE_TOPIC.get(record.headers()),
                (int) DeadLetterHeader.SOURCE_PARTITION.getLong(record.headers()),
                DeadLetterHeader.SOURCE_OFFSET.getLong(record.headers()),
                DeadLetterHeader.SOURCE_TIMESTAMP.getLong(record.headers()));
        DeadLetter deadLetter = new DeadLetter(
                source,
                record.key(),
                record.value(),
                DeadLetterHeader.REASON.get(record.headers()),
                DeadLetterHeader.ERROR.get(record.headers()));
        boolean valueOmitted = DeadLetterHeader.VALUE_OMITTED.isPresent(record.headers());
        return new DeadLetterRecord(deadLetter, valueOmitted, partition, record.offset(), record.timestamp());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
