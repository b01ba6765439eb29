package io.gonkapulse.workercore.intake;

import io.gonkapulse.workercore.fetch.OversizedBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of one topic as they were received: bytes. Those of one partition stand together, in their order. */
public final class Batch {

    private final List<ConsumerRecord<byte[], byte[]>> records;

    /** Looked for once: it takes a look at every record, most of which have left the caches by then. */
    private @Nullable Map<Integer, Span> spans;

    private @Nullable List<LeftOut> oversized;

    /** Records as a consumer gives them. */
    public Batch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
    }

    /**
     * Values without keys, as the first records of the first partition: for tests of what stands behind Kafka.
     *
     * @param timestamp of each record, in milliseconds since 1970
     */
    public static Batch of(String topic, long timestamp, List<byte[]> values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ConsumerRecord<>(
                    topic,
                    0,
                    records.size(),
                    timestamp,
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    value == null ? ConsumerRecord.NULL_SIZE : value.length,
                    null,
                    value,
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return new Batch(records);
    }

    public int size() {
        return records.size();
    }

    /** How many records were received: those here, and those of each batch that a record stands in for. */
    public long received() {
        return records.size()
                + oversized().stream()
                        .mapToLong(left -> left.batch().records() - 1)
                        .sum();
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** Null is a tombstone. */
    public byte @Nullable [] value(int index) {
        return records.get(index).value();
    }

    public byte @Nullable [] key(int index) {
        return records.get(index).key();
    }

    public int partition(int index) {
        return records.get(index).partition();
    }

    public long offset(int index) {
        return records.get(index).offset();
    }

    /** When its sender made it, in milliseconds since 1970. */
    public long timestamp(int index) {
        return records.get(index).timestamp();
    }

    ConsumerRecord<byte[], byte[]> record(int index) {
        return records.get(index);
    }

    /** A batch that was too large, and the record that stands in for it. */
    record LeftOut(ConsumerRecord<byte[], byte[]> standIn, OversizedBatch batch) {}

    List<LeftOut> oversized() {
        if (oversized == null) {
            oversized = List.copyOf(lookForOversized());
        }
        return oversized;
    }

    private List<LeftOut> lookForOversized() {
        List<LeftOut> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OversizedBatch batch = OversizedBatch.behind(record);
            if (batch != null) {
                found.add(new LeftOut(record, batch));
            }
        }
        return found;
    }

    /** Without the records that stand in for batches that were too large. */
    Batch withoutStandIns() {
        if (oversized().isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>(records);
        rest.removeIf(record -> OversizedBatch.behind(record) != null);
        return new Batch(rest);
    }

    Batch part(int from, int to) {
        return new Batch(records.subList(from, to));
    }

    Batch without(Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>(records);
        rest.removeIf(record -> partitions.contains(record.partition()));
        return new Batch(rest);
    }

    /** The partitions whose first record here lies before one of these positions. */
    Set<Integer> startingBefore(Map<Integer, Long> positions) {
        return spans().entrySet().stream()
                .filter(span -> span.getValue().first() < positions.getOrDefault(span.getKey(), 0L))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Without the records before these positions. */
    Batch from(Map<Integer, Long> positions) {
        if (positions.isEmpty()) {
            return this;
        }
        List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>(records);
        rest.removeIf(record -> record.offset() < positions.getOrDefault(record.partition(), 0L));
        return new Batch(rest);
    }

    /** Where each partition of the batch begins and ends. */
    Map<Integer, Span> spans() {
        if (spans == null) {
            spans = Collections.unmodifiableMap(lookForSpans());
        }
        return spans;
    }

    private Map<Integer, Span> lookForSpans() {
        Map<Integer, Span> found = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); ) {
            int partition = partition(i);
            int end = i + 1;
            while (end < records.size() && partition(end) == partition) {
                end++;
            }
            OversizedBatch first = OversizedBatch.behind(records.get(i));
            found.put(partition, new Span(first == null ? offset(i) : first.first(), offset(end - 1) + 1));
            i = end;
        }
        return found;
    }

    /** For people: each partition with its first and its last offset. */
    String offsets() {
        return spans().entrySet().stream()
                .map(span -> span.getKey() + ":" + span.getValue().first() + "-"
                        + (span.getValue().next() - 1))
                .collect(Collectors.joining(" "));
    }

    record Span(long first, long next) {}
}
