package io.gonkapulse.workercore.fetch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what one consumer has fetched before that consumer inflates it. A batch that inflates to more than is allowed is
 * replaced by a record that says so. Large records that wait for the same poll are bounded together: what does not fit is
 * cut off, and the consumer fetches it again when it has passed on the others.
 */
final class FetchGuard {

    private static final Logger LOG = LoggerFactory.getLogger(FetchGuard.class);

    /** A poll is bounded in records, so batches of small ones need no other bound; a snapshot has half as much. */
    private static final long SMALL_RECORD = 1 << 10;

    private static final int HEAD = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;
    private static final int LENGTH_OF_STAND_IN = 512;

    private final long limit;
    private final Function<TopicPartition, @Nullable Long> positions;
    private final MarkerListener markers;
    private final InflatedSize sizes = new InflatedSize();
    private final Map<Uuid, String> names = new HashMap<>();
    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /**
     * A guard for one consumer.
     *
     * @param limit what a batch may inflate to, and what large records may take in one poll, in bytes
     * @param positions the next offset that the consumer will pass on; null where it does not read
     */
    FetchGuard(long limit, Function<TopicPartition, @Nullable Long> positions, MarkerListener markers) {
        this.limit = limit;
        this.markers = markers;
        this.positions = positions;
    }

    /** Batches with large records that a consumer holds and has not passed on. */
    private record Waiting(long first, List<Large> batches) {

        long bytesAt(long position) {
            return position < first
                    ? 0
                    : batches.stream()
                            .filter(batch -> batch.next() > position)
                            .mapToLong(Large::bytes)
                            .sum();
        }
    }

    private record Large(long next, long bytes) {}

    /** Answers of newer brokers name topics by their identifiers alone. */
    synchronized void asked(FetchRequest.Builder request) {
        request.fetchData().forEach((partition, data) -> names.put(data.topicId, partition.topic()));
    }

    synchronized void answered(FetchResponse response) {
        for (FetchResponseData.FetchableTopicResponse topic : response.data().responses()) {
            String name = topic.topic().isEmpty() ? names.getOrDefault(topic.topicId(), "") : topic.topic();
            for (FetchResponseData.PartitionData partition : topic.partitions()) {
                if (FetchResponse.recordsOrFail(partition) instanceof MemoryRecords records
                        && records.sizeInBytes() > 0) {
                    look(new TopicPartition(name, partition.partitionIndex()), partition, records);
                }
            }
        }
    }

    private void look(TopicPartition partition, FetchResponseData.PartitionData data, MemoryRecords records) {
        waiting.remove(partition);
        Look look = new Look(records, bytesWaiting());
        boolean whole = look.takesAll(partition);
        if (!look.large.isEmpty()) {
            waiting.put(partition, new Waiting(look.first, look.large));
        }
        if (!whole || look.changed != null) {
            data.setRecords(look.result());
        }
    }

    /** What the consumer has passed on, or does not read any more, takes no memory. */
    private long bytesWaiting() {
        long sum = 0;
        for (Map.Entry<TopicPartition, Waiting> held : Map.copyOf(waiting).entrySet()) {
            Long position = positions.apply(held.getKey());
            long bytes = position == null ? 0 : held.getValue().bytesAt(position);
            if (bytes == 0) {
                waiting.remove(held.getKey());
            }
            sum += bytes;
        }
        return sum;
    }

    /** The batches of one partition in one answer, one after the other. */
    private final class Look {

        private final MemoryRecords records;
        private final ByteBuffer bytes;
        private final List<Large> large = new ArrayList<>();
        private long held;
        private long first = -1;
        private int read;
        private @Nullable ByteBufferOutputStream changed;

        Look(MemoryRecords records, long held) {
            this.records = records;
            this.bytes = records.buffer().slice();
            this.held = held;
        }

        /** False where some have to wait. Bytes that are no batch are left for Kafka's consumer, which says what is wrong. */
        boolean takesAll(TopicPartition partition) {
            try {
                for (MutableRecordBatch batch : records.batches()) {
                    if (!takes(batch, partition)) {
                        return false;
                    }
                }
                return true;
            } catch (KafkaException e) {
                return read == 0;
            }
        }

        /** False where this batch and those behind it have to wait. */
        private boolean takes(MutableRecordBatch batch, TopicPartition partition) {
            first = first < 0 ? batch.baseOffset() : first;
            if (batch.isControlBatch()) {
                markers.marker(partition, batch.lastOffset());
            }
            Integer count = batch.countOrNull();
            if (count == null || batch.isControlBatch() || !(batch instanceof DefaultRecordBatch known)) {
                keep(batch);
                return true;
            }
            long small = SMALL_RECORD * count;
            long size = InflatedSize.most(
                    batch.compressionType(), bytes.slice(read + HEAD, Math.max(0, batch.sizeInBytes() - HEAD)));
            if (size > limit || (size > small && held + size > limit)) {
                size = batch.isCompressed() ? sizes.count(known, limit) : size;
                if (batch.isCompressed() && size > limit) {
                    replace(batch, count, partition);
                    return true;
                }
                if (size > small && held > 0 && held + size > limit) {
                    return false;
                }
            }
            if (size > small) {
                held += size;
                large.add(new Large(batch.nextOffset(), size));
            }
            keep(batch);
            return true;
        }

        private void keep(MutableRecordBatch batch) {
            if (changed != null) {
                batch.writeTo(changed);
            }
            read += batch.sizeInBytes();
        }

        private void replace(RecordBatch batch, int count, TopicPartition partition) {
            OversizedBatch oversized =
                    new OversizedBatch(batch.baseOffset(), batch.lastOffset(), count, batch.sizeInBytes(), limit);
            LOG.warn("{}: {}", partition, oversized.error());
            ByteBufferOutputStream target = changed;
            if (target == null) {
                target = new ByteBufferOutputStream(records.sizeInBytes() + LENGTH_OF_STAND_IN);
                target.write(bytes.slice(0, read));
                changed = target;
            }
            target.write(standIn(batch, oversized).buffer());
            read += batch.sizeInBytes();
        }

        MemoryRecords result() {
            ByteBufferOutputStream target = changed;
            if (target == null) {
                return records.slice(0, read);
            }
            ByteBuffer written = target.buffer().duplicate();
            written.flip();
            return MemoryRecords.readableRecords(written);
        }
    }

    /** With the head of the batch, so that epochs of leaders and transactions mean the same as before. */
    private static MemoryRecords standIn(RecordBatch batch, OversizedBatch oversized) {
        ByteBuffer target = ByteBuffer.allocate(LENGTH_OF_STAND_IN);
        try (MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
                target,
                batch.magic(),
                Compression.NONE,
                batch.timestampType(),
                batch.lastOffset(),
                batch.maxTimestamp(),
                batch.producerId(),
                batch.producerEpoch(),
                batch.baseSequence(),
                batch.isTransactional(),
                false,
                batch.partitionLeaderEpoch(),
                target.capacity())) {
            builder.appendWithOffset(
                    batch.lastOffset(), batch.maxTimestamp(), null, (byte[]) null, new Header[] {oversized.header()});
            return builder.build();
        }
    }
}
