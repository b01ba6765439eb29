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
 * Reads a topic of dead letters up to where it ended when the reading began: what is sent again and fails again lands
 * behind that, and waits for the next time.
 */
final class DeadLetterReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> waitingFrom;

    DeadLetterReader(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = consumer.endOffsets(partitions);
        this.waitingFrom = consumer.committed(Map.copyOf(ends).keySet()).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    record Found(DeadLetter letter, boolean leftOut, TopicPartition partition, long offset, long at) {}

    boolean isWaiting(Found found) {
        return found.offset() >= waitingFrom.getOrDefault(found.partition(), 0L);
    }

    void skipToWaiting() {
        waitingFrom.forEach(consumer::seek);
    }

    void read(long limit, Consumer<Found> reader) {
        long left = limit;
        while (left > 0 && !atEnd()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (left > 0 && record.offset() < ends.getOrDefault(partition, 0L)) {
                    reader.accept(found(record, partition));
                    left--;
                }
            }
        }
    }

    private boolean atEnd() {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    void sent(Found found) {
        consumer.commitSync(Map.of(found.partition(), new OffsetAndMetadata(found.offset() + 1)));
    }

    private static Found found(ConsumerRecord<byte[], byte[]> record, TopicPartition partition) {
        DeadLetter.Source source = new DeadLetter.Source(
                LetterHeader.SOURCE_TOPIC.get(record.headers()),
                (int) LetterHeader.SOURCE_PARTITION.number(record.headers()),
                LetterHeader.SOURCE_OFFSET.number(record.headers()),
                LetterHeader.SOURCE_TIMESTAMP.number(record.headers()));
        DeadLetter letter = new DeadLetter(
                source,
                record.key(),
                record.value(),
                LetterHeader.REASON.get(record.headers()),
                LetterHeader.ERROR.get(record.headers()));
        boolean leftOut = LetterHeader.LEFT_OUT.standsIn(record.headers());
        return new Found(letter, leftOut, partition, record.offset(), record.timestamp());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
