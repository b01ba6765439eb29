package io.gonkapulse.earningsaggregator.replay;

import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.workercore.consumer.SizeLimitedConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicIdReader;
import io.gonkapulse.workercore.consumer.TransactionMarkerListener;
import io.gonkapulse.workercore.deadletter.OversizedBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads partitions without a consumer group, so it neither takes partitions from the live consumer nor commits
 * offsets.
 */
public final class KafkaSnapshotTopicReader implements SnapshotTopicReader {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Object> settings;
    private final String topic;
    private final int threads;
    private final long maxUncompressed;

    /**
     * @param settings consumer settings by Kafka's names
     * @param maxUncompressed most bytes that a compressed batch may expand to; the limit of the live consumer
     */
    public KafkaSnapshotTopicReader(Map<String, Object> settings, String topic, int threads, long maxUncompressed) {
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        this.settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        this.settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        this.settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1 << 20);
        // Fails instead of skipping when retention deletes records during the read.
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A query must not create the topic.
        this.settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        this.settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        this.topic = topic;
        this.threads = threads;
        this.maxUncompressed = maxUncompressed;
    }

    @Override
    public Map<Integer, Long> beginningOffsets() {
        return queryOffsets(consumer -> consumer.beginningOffsets(partitions(consumer), QUERY_TIMEOUT));
    }

    @Override
    public Map<Integer, Long> endOffsets() {
        return queryOffsets(consumer -> consumer.endOffsets(partitions(consumer), QUERY_TIMEOUT));
    }

    @Override
    public Optional<UUID> topicId() {
        try {
            return Optional.ofNullable(new TopicIdReader(settings, topic).get());
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<String> cleanupPolicy() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, Object> adminSettings = new HashMap<>(settings);
        adminSettings.keySet().retainAll(AdminClientConfig.configNames());
        adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) QUERY_TIMEOUT.toMillis());
        try (Admin admin = Admin.create(adminSettings)) {
            Config found = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
            ConfigEntry policy = found == null ? null : found.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            return policy == null ? Optional.empty() : Optional.ofNullable(policy.value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("The settings of " + topic + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading the settings of " + topic, e);
        }
    }

    @Override
    public Optional<Instant> firstTimestamp(int partition) {
        TopicPartition topicPartition = new TopicPartition(topic, partition);
        try (Consumer<Void, ByteBuffer> consumer = open()) {
            consumer.assign(Set.of(topicPartition));
            consumer.seekToBeginning(Set.of(topicPartition));
            long end =
                    consumer.endOffsets(Set.of(topicPartition), QUERY_TIMEOUT).getOrDefault(topicPartition, 0L);
            while (consumer.position(topicPartition) < end) {
                for (ConsumerRecord<Void, ByteBuffer> first : consumer.poll(POLL_TIMEOUT)) {
                    return Optional.of(snapshotTime(first));
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public ReadCounts read(Map<Integer, Long> from, Map<Integer, Long> to, Supplier<RecordSink> sinks) {
        List<Map<TopicPartition, Long>> assignments = assignPartitions(from, to);
        Executor thread = work -> new Thread(work, "replay").start();
        List<CompletableFuture<ReadCounts>> readers = assignments.stream()
                .map(assignment -> CompletableFuture.supplyAsync(() -> readPartitions(assignment, from, sinks), thread))
                .toList();
        try {
            CompletableFuture.allOf(readers.toArray(CompletableFuture<?>[]::new))
                    .join();
            return readers.stream().map(CompletableFuture::join).reduce(ReadCounts.NOTHING, ReadCounts::plus);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Distributes the partitions with unread records over the threads. */
    private List<Map<TopicPartition, Long>> assignPartitions(Map<Integer, Long> from, Map<Integer, Long> to) {
        List<Map<TopicPartition, Long>> assignments = new ArrayList<>();
        int assigned = 0;
        for (Map.Entry<Integer, Long> end : to.entrySet()) {
            if (from.getOrDefault(end.getKey(), 0L) < end.getValue()) {
                if (assigned < threads) {
                    assignments.add(new HashMap<>());
                }
                assignments.get(assigned++ % threads).put(new TopicPartition(topic, end.getKey()), end.getValue());
            }
        }
        return assignments;
    }

    private ReadCounts readPartitions(
            Map<TopicPartition, Long> ends, Map<Integer, Long> from, Supplier<RecordSink> sinks) {
        Set<String> markers = ConcurrentHashMap.newKeySet();
        TransactionMarkerListener listener = (partition, offset) -> {
            if (isInRange(partition, offset, from, ends)) {
                markers.add(partition.partition() + "@" + offset);
            }
        };
        long records = 0;
        try (Consumer<Void, ByteBuffer> consumer = open(listener);
                RecordSink sink = sinks.get()) {
            consumer.assign(ends.keySet());
            ends.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition.partition(), 0L)));
            Set<TopicPartition> open = new HashSet<>(ends.keySet());
            while (!open.isEmpty()) {
                records += deliver(consumer.poll(POLL_TIMEOUT), from, ends, sink);
                open.removeIf(partition -> isDone(consumer, partition, ends));
            }
        }
        long offsets = ends.entrySet().stream()
                .mapToLong(
                        end -> end.getValue() - from.getOrDefault(end.getKey().partition(), 0L))
                .sum();
        return new ReadCounts(offsets - markers.size(), records);
    }

    /** Fetches may return markers outside the range; only those inside it hold no record. */
    private static boolean isInRange(
            TopicPartition partition, long offset, Map<Integer, Long> from, Map<TopicPartition, Long> ends) {
        return offset >= from.getOrDefault(partition.partition(), 0L) && offset < ends.getOrDefault(partition, 0L);
    }

    /** Returns the number of delivered records, oversized ones included. */
    private static long deliver(
            ConsumerRecords<Void, ByteBuffer> records,
            Map<Integer, Long> from,
            Map<TopicPartition, Long> ends,
            RecordSink sink) {
        long delivered = 0;
        for (TopicPartition partition : records.partitions()) {
            long end = ends.getOrDefault(partition, 0L);
            for (ConsumerRecord<Void, ByteBuffer> record : records.records(partition)) {
                OversizedBatch oversized = OversizedBatch.fromPlaceholder(record);
                if (oversized != null) {
                    long skipped = oversized.recordsBetween(from.getOrDefault(partition.partition(), 0L), end);
                    sink.skipOversized(skipped);
                    delivered += skipped;
                } else if (record.offset() < end) {
                    sink.accept(record.value(), record.timestamp());
                    delivered++;
                }
            }
        }
        return delivered;
    }

    private static boolean isDone(
            Consumer<Void, ByteBuffer> consumer, TopicPartition partition, Map<TopicPartition, Long> ends) {
        boolean done = consumer.position(partition) >= ends.getOrDefault(partition, 0L);
        if (done) {
            // Otherwise the consumer would fetch the records after the end as well.
            consumer.pause(Set.of(partition));
        }
        return done;
    }

    private Map<Integer, Long> queryOffsets(Function<Consumer<Void, ByteBuffer>, Map<TopicPartition, Long>> query) {
        try (Consumer<Void, ByteBuffer> consumer = open()) {
            Map<Integer, Long> offsets = new HashMap<>();
            query.apply(consumer).forEach((partition, offset) -> offsets.put(partition.partition(), offset));
            return offsets;
        }
    }

    private List<TopicPartition> partitions(Consumer<Void, ByteBuffer> consumer) {
        return consumer.partitionsFor(topic, QUERY_TIMEOUT).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private Consumer<Void, ByteBuffer> open() {
        return open((partition, offset) -> {});
    }

    private Consumer<Void, ByteBuffer> open(TransactionMarkerListener markers) {
        return SizeLimitedConsumerFactory.create(
                settings, new NullKeyDeserializer(), new ByteBufferDeserializer(), maxUncompressed, markers);
    }

    /** A snapshot describes no time after it was fetched; without a readable one the append time has to do. */
    private static Instant snapshotTime(ConsumerRecord<Void, ByteBuffer> first) {
        Instant appended = Instant.ofEpochMilli(first.timestamp());
        try {
            byte[] json = Utils.toNullableArray(first.value());
            Instant fetched = new SnapshotCodec()
                    .decode(json == null ? new byte[0] : json)
                    .origin()
                    .fetchedAt();
            return fetched.isAfter(appended) ? fetched : appended;
        } catch (UndecodableMessageException e) {
            return appended;
        }
    }

    /** A snapshot contains its node, so the key is not decoded. */
    private static final class NullKeyDeserializer implements Deserializer<Void> {

        @Override
        @SuppressWarnings("NullAway") // Kafka's interface is not annotated; it takes null for no key
        public Void deserialize(String topic, byte[] key) {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public Void deserialize(String topic, Headers headers, ByteBuffer key) {
            return null;
        }
    }
}
