package io.gonkapulse.workercore.replay;

import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.SizeLimitedConsumerFactory;
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

/** Reads a topic on one thread and without a group, so no committed offset changes. */
public final class TopicReader {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    private final Map<String, Object> consumerSettings;
    private final long maxUncompressedBytes;

    /** @param maxUncompressedBytes maximum uncompressed size of a batch, in bytes */
    public TopicReader(Map<String, Object> consumerSettings, long maxUncompressedBytes) {
        this.maxUncompressedBytes = maxUncompressedBytes;
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
     * Progress of a read.
     *
     * @param read records so far
     * @param total number of offsets to read, counted at the start
     */
    public record ReplayProgress(long read, long total) {}

    /**
     * Reads from the given time, or from the first record, to the end offsets at the start. Reports
     * progress after each batch.
     */
    public ReplayProgress read(
            String topic, Optional<Instant> from, Consumer<ConsumerBatch> batches, Consumer<ReplayProgress> progress) {
        try (KafkaConsumer<byte[], byte[]> consumer = openConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, from, ends);
            return readToEnd(consumer, ends, batches, progress);
        }
    }

    private KafkaConsumer<byte[], byte[]> openConsumer() {
        return SizeLimitedConsumerFactory.create(
                consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer(), maxUncompressedBytes);
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

    private static ReplayProgress readToEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerBatch> batches,
            Consumer<ReplayProgress> progress) {
        long total = remaining(consumer, ends);
        long read = 0;
        // Positions decide, not records: the last offsets of a partition may be transaction
        // markers.
        while (remaining(consumer, ends) > 0) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL_TIMEOUT).forEach(record -> {
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    records.add(record);
                }
            });
            if (!records.isEmpty()) {
                ConsumerBatch batch = new ConsumerBatch(records);
                batches.accept(batch);
                read += batch.receivedCount();
                progress.accept(new ReplayProgress(read, total));
            }
        }
        return new ReplayProgress(read, total);
    }

    private static long remaining(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }
}
