package io.gonkapulse.workercore.consumer;

import io.gonkapulse.workercore.deadletter.OversizedBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Undecoded records of one topic. Records of one partition are adjacent and in offset order. */
public final class ConsumerBatch {

    private final List<ConsumerRecord<byte[], byte[]>> records;

    /** Computed once: it reads every record, most of which have left the CPU caches by then. */
    private @Nullable Map<Integer, PartitionRange> partitionRanges;

    private @Nullable List<OversizedPlaceholder> oversizedBatches;

    public ConsumerBatch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
    }

    public int size() {
        return records.size();
    }

    /** Number of records received, including the records of oversized batches. */
    public long receivedCount() {
        return records.size()
                + oversizedBatches().stream()
                        .mapToLong(replaced -> replaced.oversized().recordCount() - 1)
                        .sum();
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** Returns null for a tombstone. */
    public byte @Nullable [] value(int index) {
        return records.get(index).value();
    }

    public int partition(int index) {
        return records.get(index).partition();
    }

    public long offset(int index) {
        return records.get(index).offset();
    }

    /** Creation time set by the producer, in milliseconds since 1970. */
    public long timestamp(int index) {
        return records.get(index).timestamp();
    }

    ConsumerRecord<byte[], byte[]> record(int index) {
        return records.get(index);
    }

    /** An oversized batch and the record that replaces it. */
    record OversizedPlaceholder(ConsumerRecord<byte[], byte[]> placeholder, OversizedBatch oversized) {}

    List<OversizedPlaceholder> oversizedBatches() {
        if (oversizedBatches == null) {
            oversizedBatches = List.copyOf(findOversizedBatches());
        }
        return oversizedBatches;
    }

    private List<OversizedPlaceholder> findOversizedBatches() {
        List<OversizedPlaceholder> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OversizedBatch batch = OversizedBatch.fromPlaceholder(record);
            if (batch != null) {
                found.add(new OversizedPlaceholder(record, batch));
            }
        }
        return found;
    }

    public ConsumerBatch withoutPlaceholders() {
        if (oversizedBatches().isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> remaining = new ArrayList<>(records);
        remaining.removeIf(record -> OversizedBatch.fromPlaceholder(record) != null);
        return new ConsumerBatch(remaining);
    }

    public ConsumerBatch slice(int from, int to) {
        return new ConsumerBatch(records.subList(from, to));
    }

    ConsumerBatch withoutPartitions(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> remaining = new ArrayList<>(records);
        remaining.removeIf(record -> partitions.contains(record.partition()));
        return new ConsumerBatch(remaining);
    }

    /** Partitions whose first record in this batch lies before the given offset. */
    Set<Integer> startingBefore(Map<Integer, Long> offsets) {
        return partitionRanges().entrySet().stream()
                .filter(span -> span.getValue().firstOffset() < offsets.getOrDefault(span.getKey(), 0L))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Without the records before the given offsets. */
    ConsumerBatch startingAt(Map<Integer, Long> offsets) {
        if (offsets.isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> remaining = new ArrayList<>(records);
        remaining.removeIf(record -> record.offset() < offsets.getOrDefault(record.partition(), 0L));
        return new ConsumerBatch(remaining);
    }

    /** First and next offset of each partition in this batch. */
    Map<Integer, PartitionRange> partitionRanges() {
        if (partitionRanges == null) {
            partitionRanges = Collections.unmodifiableMap(findPartitionRanges());
        }
        return partitionRanges;
    }

    private Map<Integer, PartitionRange> findPartitionRanges() {
        Map<Integer, PartitionRange> found = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); ) {
            int partition = partition(i);
            int end = i + 1;
            while (end < records.size() && partition(end) == partition) {
                end++;
            }
            OversizedBatch first = OversizedBatch.fromPlaceholder(records.get(i));
            found.put(
                    partition,
                    new PartitionRange(first == null ? offset(i) : first.firstOffset(), offset(end - 1) + 1));
            i = end;
        }
        return found;
    }

    /** Text for logs, such as {@code 0:17-42 3:5-5}. */
    String describeOffsets() {
        return partitionRanges().entrySet().stream()
                .map(span -> span.getKey() + ":" + span.getValue().firstOffset() + "-"
                        + (span.getValue().nextOffset() - 1))
                .collect(Collectors.joining(" "));
    }

    record PartitionRange(long firstOffset, long nextOffset) {}
}
