package io.gonkapulse.workercore.consumer;

import io.gonkapulse.workercore.deadletter.OversizedBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
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
 * Inspects fetch responses of one consumer before the consumer decompresses them. Replaces a batch
 * whose uncompressed size exceeds the limit by a placeholder record.
 *
 * <p>The limit also bounds all large records that wait for the same poll. Batches beyond it are cut
 * off; the consumer fetches them again after it has returned the earlier ones.
 */
final class FetchSizeLimiter {

    private static final Logger LOG = LoggerFactory.getLogger(FetchSizeLimiter.class);

    /**
     * max.poll.records already bounds batches of small records, so only larger ones are counted. A
     * snapshot has about 512 bytes.
     */
    private static final long SMALL_RECORD_BYTES = 1 << 10;

    private static final int HEADER_BYTES = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;
    private static final int PLACEHOLDER_BYTES = 512;

    private final long limitBytes;
    private final Function<TopicPartition, @Nullable Long> positions;
    private final ObjLongConsumer<TopicPartition> markers;
    private final UncompressedSizeEstimator sizeEstimator = new UncompressedSizeEstimator();
    private final Map<Uuid, String> topicNames = new HashMap<>();
    private final Map<TopicPartition, PendingBatches> pending = new HashMap<>();

    /**
     * Creates the limiter of one consumer.
     *
     * @param limitBytes maximum uncompressed size of a batch, and of all large records in one poll, in
     *      bytes
     * @param positions next offset that the consumer will return; null for unassigned partitions
     */
    FetchSizeLimiter(
            long limitBytes,
            Function<TopicPartition, @Nullable Long> positions,
            ObjLongConsumer<TopicPartition> markers) {
        this.limitBytes = limitBytes;
        this.markers = markers;
        this.positions = positions;
    }

    /** Batches with large records that the consumer has buffered and not returned yet. */
    private record PendingBatches(long firstOffset, List<LargeBatch> batches) {

        long pendingBytesAt(long position) {
            return position < firstOffset
                    ? 0
                    : batches.stream()
                            .filter(batch -> batch.nextOffset() > position)
                            .mapToLong(LargeBatch::bytes)
                            .sum();
        }
    }

    private record LargeBatch(long nextOffset, long bytes) {}

    /** Newer brokers identify topics in responses by id only. */
    synchronized void onFetchRequest(FetchRequest.Builder request) {
        request.fetchData().forEach((partition, data) -> topicNames.put(data.topicId, partition.topic()));
    }

    synchronized void onFetchResponse(FetchResponse response) {
        for (FetchResponseData.FetchableTopicResponse topic : response.data().responses()) {
            String name = topic.topic().isEmpty() ? topicNames.getOrDefault(topic.topicId(), "") : topic.topic();
            for (FetchResponseData.PartitionData partition : topic.partitions()) {
                if (FetchResponse.recordsOrFail(partition) instanceof MemoryRecords records
                        && records.sizeInBytes() > 0) {
                    inspect(new TopicPartition(name, partition.partitionIndex()), partition, records);
                }
            }
        }
    }

    private void inspect(TopicPartition partition, FetchResponseData.PartitionData data, MemoryRecords records) {
        pending.remove(partition);
        PartitionInspection inspection = new PartitionInspection(records, countPendingBytes());
        boolean complete = inspection.acceptAll(partition);
        if (!inspection.largeBatches.isEmpty()) {
            pending.put(partition, new PendingBatches(inspection.firstOffset, inspection.largeBatches));
        }
        if (!complete || inspection.rewritten != null) {
            data.setRecords(inspection.toRecords());
        }
    }

    /** Records that the consumer has returned, and records of revoked partitions, occupy no memory any more. */
    private long countPendingBytes() {
        long sum = 0;
        for (Map.Entry<TopicPartition, PendingBatches> entry :
                Map.copyOf(pending).entrySet()) {
            Long position = positions.apply(entry.getKey());
            long bytes = position == null ? 0 : entry.getValue().pendingBytesAt(position);
            if (bytes == 0) {
                pending.remove(entry.getKey());
            }
            sum += bytes;
        }
        return sum;
    }

    /** Inspects the batches of one partition in one response. */
    private final class PartitionInspection {

        private final MemoryRecords records;
        private final ByteBuffer bytes;
        private final List<LargeBatch> largeBatches = new ArrayList<>();
        private long pendingBytes;
        private long firstOffset = -1;
        private int bytesRead;
        private @Nullable ByteBufferOutputStream rewritten;

        PartitionInspection(MemoryRecords records, long pendingBytes) {
            this.records = records;
            this.bytes = records.buffer().slice();
            this.pendingBytes = pendingBytes;
        }

        /**
         * Returns false if some batches must be fetched again later. Leaves malformed bytes for
         * Kafka's consumer, which reports what is wrong.
         */
        boolean acceptAll(TopicPartition partition) {
            try {
                for (MutableRecordBatch batch : records.batches()) {
                    if (!accept(batch, partition)) {
                        return false;
                    }
                }
                return true;
            } catch (KafkaException e) {
                return bytesRead == 0;
            }
        }

        /** Returns false if this batch and all later ones must be fetched again later. */
        private boolean accept(MutableRecordBatch batch, TopicPartition partition) {
            firstOffset = firstOffset < 0 ? batch.baseOffset() : firstOffset;
            if (batch.isControlBatch()) {
                markers.accept(partition, batch.lastOffset());
            }
            Integer count = batch.countOrNull();
            if (count == null || batch.isControlBatch() || !(batch instanceof DefaultRecordBatch known)) {
                copy(batch);
                return true;
            }
            long small = SMALL_RECORD_BYTES * count;
            long size = UncompressedSizeEstimator.upperBound(
                    batch.compressionType(),
                    bytes.slice(bytesRead + HEADER_BYTES, Math.max(0, batch.sizeInBytes() - HEADER_BYTES)));
            if (size > limitBytes || (size > small && pendingBytes + size > limitBytes)) {
                size = batch.isCompressed() ? sizeEstimator.count(known, limitBytes) : size;
                if (batch.isCompressed() && size > limitBytes) {
                    replaceOversized(batch, count, partition);
                    return true;
                }
                if (size > small && pendingBytes > 0 && pendingBytes + size > limitBytes) {
                    return false;
                }
            }
            if (size > small) {
                pendingBytes += size;
                largeBatches.add(new LargeBatch(batch.nextOffset(), size));
            }
            copy(batch);
            return true;
        }

        private void copy(MutableRecordBatch batch) {
            if (rewritten != null) {
                batch.writeTo(rewritten);
            }
            bytesRead += batch.sizeInBytes();
        }

        private void replaceOversized(RecordBatch batch, int count, TopicPartition partition) {
            OversizedBatch oversized =
                    new OversizedBatch(batch.baseOffset(), batch.lastOffset(), count, batch.sizeInBytes(), limitBytes);
            LOG.warn("{}: {}", partition, oversized.error());
            ByteBufferOutputStream target = rewritten;
            if (target == null) {
                target = new ByteBufferOutputStream(records.sizeInBytes() + PLACEHOLDER_BYTES);
                target.write(bytes.slice(0, bytesRead));
                rewritten = target;
            }
            target.write(placeholder(batch, oversized).buffer());
            bytesRead += batch.sizeInBytes();
        }

        MemoryRecords toRecords() {
            ByteBufferOutputStream target = rewritten;
            if (target == null) {
                return records.slice(0, bytesRead);
            }
            ByteBuffer written = target.buffer().duplicate();
            written.flip();
            return MemoryRecords.readableRecords(written);
        }
    }

    /** Keeps the header of the original batch, so that leader epochs and transactions keep their meaning. */
    private static MemoryRecords placeholder(RecordBatch batch, OversizedBatch oversized) {
        ByteBuffer target = ByteBuffer.allocate(PLACEHOLDER_BYTES);
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
                    batch.lastOffset(), batch.maxTimestamp(), null, (byte[]) null, new Header[] {oversized.toHeader()});
            return builder.build();
        }
    }
}
