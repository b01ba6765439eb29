package io.gonkapulse.workercore.replay;

import io.gonkapulse.workercore.fetch.GuardedConsumers;
import io.gonkapulse.workercore.intake.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic on one thread, without a group: nobody's position moves. */
public final class TopicReplay {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<String, Object> consumerSettings;
    private final long maxInflated;

    /** @param maxInflated what a compressed batch may inflate to, in bytes */
    public TopicReplay(Map<String, Object> consumerSettings, long maxInflated) {
        this.maxInflated = maxInflated;
        this.consumerSettings = new HashMap<>(consumerSettings);
        this.consumerSettings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumerSettings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumerSettings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        this.consumerSettings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
        this.consumerSettings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.consumerSettings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    }

    /**
     * How far it is.
     *
     * @param read records so far
     * @param total how many offsets lay before it at the beginning
     */
    public record Progress(long read, long total) {}

    /** From records of this time on, or from the first, to where the topic ends now. Says how far it is after each batch. */
    public Progress read(String topic, Optional<Instant> from, Consumer<Batch> batches, Consumer<Progress> screen) {
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, from, ends);
            return readOn(consumer, ends, batches, screen);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        return GuardedConsumers.open(
                consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer(), maxInflated);
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Optional<Instant> from,
            Map<TopicPartition, Long> ends) {
        consumer.seekToBeginning(partitions);
        from.ifPresent(time -> consumer.offsetsForTimes(partitions.stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> time.toEpochMilli())))
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset())));
    }

    private static Progress readOn(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<Batch> batches,
            Consumer<Progress> screen) {
        long total = left(consumer, ends);
        long read = 0;
        while (left(consumer, ends) > 0) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(PATIENCE).forEach(record -> {
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    records.add(record);
                }
            });
            if (!records.isEmpty()) {
                Batch batch = new Batch(records);
                batches.accept(batch);
                read += batch.received();
                screen.accept(new Progress(read, total));
            }
        }
        return new Progress(read, total);
    }

    private static long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }
}
