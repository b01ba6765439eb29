package io.gonkapulse.workercore.replay;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.SizeLimitedConsumerFactory;
import io.gonkapulse.workercore.deadletter.OversizedBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a topic between given offsets. It joins no group, so it takes no partition from a running
 * consumer. Not thread-safe.
 *
 * <pre>{@code
 * reader.seek(reader.beginningOffsets(), reader.endOffsets());
 * while (reader.next()) {
 *     use(reader.value(), reader.timestamp());
 * }
 * }</pre>
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(30);

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final String topic;
    private final Set<TopicPartition> unfinished = new HashSet<>();

    /** Transaction markers between the offsets, which hold no record. */
    private final Set<String> markers = new HashSet<>();

    private Map<Integer, Long> starts = Map.of();
    private Map<Integer, Long> ends = Map.of();

    private ConsumerRecords<ByteBuffer, ByteBuffer> polled = ConsumerRecords.empty();
    private Iterator<TopicPartition> polledPartitions = Collections.emptyIterator();
    private Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> polledRecords = Collections.emptyIterator();
    private @Nullable ConsumerRecord<ByteBuffer, ByteBuffer> record;
    private int partition;
    private long partitionEnd;
    private long skippedRecords;
    private long readRecords;

    /** Uses the given consumer, for tests. */
    public TopicReader(Consumer<ByteBuffer, ByteBuffer> consumer, String topic) {
        this(markers -> consumer, topic);
    }

    private TopicReader(
            Function<ObjLongConsumer<TopicPartition>, Consumer<ByteBuffer, ByteBuffer>> consumers, String topic) {
        this.consumer = consumers.apply(this::addMarker);
        this.topic = topic;
    }

    /**
     * Opens a reader that commits no offsets.
     *
     * @param consumerSettings by Kafka's names
     * @param maxUncompressedBytes maximum uncompressed size of a batch, in bytes
     */
    public static TopicReader open(Map<String, Object> consumerSettings, String topic, long maxUncompressedBytes) {
        return open(
                consumerSettings,
                topic,
                maxUncompressedBytes,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        20_000,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        2 << 20));
    }

    /**
     * Like {@link #open}, for reading a whole topic fast. Fails instead of skipping records that retention deletes
     * during the read.
     */
    public static TopicReader openStrict(
            Map<String, Object> consumerSettings, String topic, long maxUncompressedBytes) {
        return open(
                consumerSettings,
                topic,
                maxUncompressedBytes,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        4 << 20,
                        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                        1 << 20));
    }

    /** Like {@link #open}, but {@link #commit} stores in a group of its own which records are done. */
    static TopicReader openForGroup(
            Map<String, Object> consumerSettings, String topic, String group, long maxUncompressedBytes) {
        return open(
                consumerSettings,
                topic,
                maxUncompressedBytes,
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.GROUP_ID_CONFIG, group));
    }

    private static TopicReader open(
            Map<String, Object> consumerSettings,
            String topic,
            long maxUncompressedBytes,
            Map<String, Object> readerSettings) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A query must not create the topic.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // The running service may use this static member id; a second member with it would fence the service.
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        settings.putAll(readerSettings);
        return new TopicReader(
                markers -> SizeLimitedConsumerFactory.create(
                        settings,
                        new ByteBufferDeserializer(),
                        new ByteBufferDeserializer(),
                        maxUncompressedBytes,
                        markers),
                topic);
    }

    /** First retained offset by partition; above zero, older records were deleted. */
    public Map<Integer, Long> beginningOffsets() {
        return byNumber(consumer.beginningOffsets(partitions(), QUERY_TIMEOUT));
    }

    /** Offset of the next record by partition. */
    public Map<Integer, Long> endOffsets() {
        return byNumber(consumer.endOffsets(partitions(), QUERY_TIMEOUT));
    }

    /** Offset of the first record since a time by partition; the end offset if there is none. */
    public Map<Integer, Long> offsetsSince(Instant time) {
        Map<Integer, Long> offsets = endOffsets();
        Map<TopicPartition, Long> times =
                partitions().stream().collect(Collectors.toMap(one -> one, one -> time.toEpochMilli()));
        consumer.offsetsForTimes(times, QUERY_TIMEOUT).forEach((one, found) -> {
            if (found != null) {
                offsets.put(one.partition(), found.offset());
            }
        });
        return offsets;
    }

    /** Offset of the first record that is not {@link #commit committed}; a partition without any is left out. */
    Map<Integer, Long> committedOffsets() {
        Map<Integer, Long> offsets = new HashMap<>();
        consumer.committed(Set.copyOf(partitions()), QUERY_TIMEOUT).forEach((one, committed) -> {
            if (committed != null) {
                offsets.put(one.partition(), committed.offset());
            }
        });
        return offsets;
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic, QUERY_TIMEOUT).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byNumber = new HashMap<>();
        offsets.forEach((one, offset) -> byNumber.put(one.partition(), offset));
        return byNumber;
    }

    /**
     * Starts at the first offsets and ends before the second ones. Reads the partitions of {@code to}, from offset 0
     * where {@code from} has none.
     */
    public void seek(Map<Integer, Long> from, Map<Integer, Long> to) {
        starts = Map.copyOf(from);
        ends = Map.copyOf(to);
        polledPartitions = Collections.emptyIterator();
        polledRecords = Collections.emptyIterator();
        readRecords = 0;
        markers.clear();
        unfinished.clear();
        to.forEach((number, end) -> {
            if (startOf(number) < end) {
                unfinished.add(new TopicPartition(topic, number));
            }
        });
        consumer.assign(List.copyOf(unfinished));
        unfinished.forEach(one -> consumer.seek(one, startOf(one.partition())));
    }

    private long startOf(int number) {
        return starts.getOrDefault(number, 0L);
    }

    private long endOf(int number) {
        return ends.getOrDefault(number, 0L);
    }

    /** Moves to the next record; false behind the last one. */
    public boolean next() {
        while (!advance()) {
            if (unfinished.isEmpty()) {
                return false;
            }
            poll();
        }
        return true;
    }

    /** Returns the records of the next poll; an empty batch behind the last one. */
    public ConsumerBatch nextBatch() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (next()) {
            do {
                records.add(copy(record()));
            } while (advance());
        }
        return new ConsumerBatch(records);
    }

    /** Positions decide what is finished, because the last offsets may be transaction markers. */
    private void poll() {
        polled = consumer.poll(POLL_TIMEOUT);
        polledPartitions = polled.partitions().iterator();
        Collection<TopicPartition> finished = unfinished.stream()
                .filter(one -> consumer.position(one) >= endOf(one.partition()))
                .toList();
        if (unfinished.removeAll(finished)) {
            // Otherwise the consumer would fetch the records after the end as well. A paused partition would keep its
            // fetched batches, whose size counts against the limit.
            consumer.assign(List.copyOf(unfinished));
        }
    }

    /**
     * Moves to the next record of the last poll. Runs for every record of a topic, and creates no object. At the end it
     * releases the poll, so that the memory of two polls is never in use.
     */
    private boolean advance() {
        while (true) {
            while (polledRecords.hasNext()) {
                ConsumerRecord<ByteBuffer, ByteBuffer> candidate = polledRecords.next();
                long records = count(candidate);
                if (records > 0) {
                    record = candidate;
                    readRecords += records;
                    return true;
                }
            }
            if (!polledPartitions.hasNext()) {
                polled = ConsumerRecords.empty();
                polledPartitions = Collections.emptyIterator();
                polledRecords = Collections.emptyIterator();
                return false;
            }
            TopicPartition current = polledPartitions.next();
            partition = current.partition();
            partitionEnd = endOf(partition);
            polledRecords = polled.records(current).iterator();
        }
    }

    /** Counts the records between the offsets that this one is, or replaces. */
    private long count(ConsumerRecord<ByteBuffer, ByteBuffer> candidate) {
        @Nullable OversizedBatch oversized = OversizedBatch.fromPlaceholder(candidate);
        if (oversized == null) {
            skippedRecords = 0;
            return candidate.offset() < partitionEnd ? 1 : 0;
        }
        skippedRecords = oversized.recordsBetween(startOf(partition), partitionEnd);
        return skippedRecords;
    }

    ConsumerRecord<ByteBuffer, ByteBuffer> record() {
        return requireNonNull(record, "expected next() to have returned true");
    }

    /** Null for a tombstone and for an oversized batch. Valid until the next record only. */
    public @Nullable ByteBuffer value() {
        return record().value();
    }

    /** Creation time set by the producer, in milliseconds since 1970. */
    public long timestamp() {
        return record().timestamp();
    }

    /** 0 for an ordinary record; else the number of records of the oversized batch that this one replaces. */
    public long skippedRecords() {
        return skippedRecords;
    }

    /** Stores that all records of this partition are done, up to this one. */
    void commit() {
        consumer.commitSync(Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(record().offset() + 1)));
    }

    private static ConsumerRecord<byte[], byte[]> copy(ConsumerRecord<ByteBuffer, ByteBuffer> one) {
        return new ConsumerRecord<>(
                one.topic(),
                one.partition(),
                one.offset(),
                one.timestamp(),
                one.timestampType(),
                one.serializedKeySize(),
                one.serializedValueSize(),
                Utils.toNullableArray(one.key()),
                Utils.toNullableArray(one.value()),
                one.headers(),
                one.leaderEpoch());
    }

    private void addMarker(TopicPartition one, long offset) {
        // Fetches may return markers outside the range.
        if (offset >= startOf(one.partition()) && offset < endOf(one.partition())) {
            markers.add(one.partition() + "@" + offset);
        }
    }

    /** Progress since {@link #seek}. */
    public ReadProgress progress() {
        long offsets = ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - startOf(end.getKey())))
                .sum();
        return new ReadProgress(readRecords, offsets - markers.size());
    }

    @Override
    public void close() {
        consumer.close();
    }

    /**
     * Progress of a read.
     *
     * @param read records so far, with those of oversized batches
     * @param total offsets that should hold a record: all but transaction markers; a compacted topic has fewer records
     */
    public record ReadProgress(long read, long total) {

        public static final ReadProgress NOTHING = new ReadProgress(0, 0);

        public ReadProgress plus(ReadProgress other) {
            return new ReadProgress(read + other.read, total + other.total);
        }
    }
}
