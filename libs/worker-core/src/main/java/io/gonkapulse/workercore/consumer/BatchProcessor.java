package io.gonkapulse.workercore.consumer;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.workercore.consumer.ConsumerOffsetRepository.ConsumerOffset;
import io.gonkapulse.workercore.consumer.ConsumerOffsetRepository.ConsumerOffsetConflictException;
import io.gonkapulse.workercore.consumer.FailureClassifier.FailureKind;
import io.gonkapulse.workercore.deadletter.DeadLetter;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies batches of one topic. Tries the whole batch first; after a bad record it splits the batch
 * in halves until that record is alone.
 *
 * <p>When {@link #process} returns, every record is applied or dead-lettered. When it throws, the
 * container must deliver the same batch again.
 */
final class BatchProcessor<W> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    private final BatchHandler<W> handler;
    private final DeadLetterPublisher deadLetters;
    private final ConsumerOffsetRepository offsets;
    private final TransactionTemplate transaction;
    private final TopicConsumerMetrics metrics;
    private final AtomicInteger maxChunkSize = new AtomicInteger(Integer.MAX_VALUE);
    private final Map<Integer, ConsumerOffset> appliedOffsets = new ConcurrentHashMap<>();
    private final Set<DeadLetter.SourcePosition> publishedDeadLetters = ConcurrentHashMap.newKeySet();

    BatchProcessor(
            BatchHandler<W> handler,
            DeadLetterPublisher deadLetters,
            ConsumerOffsetRepository offsets,
            TransactionTemplate transaction,
            TopicConsumerMetrics metrics) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.offsets = offsets;
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /** Drops the cached offsets of partitions that were assigned or revoked. */
    void forgetOffsets(Iterable<Integer> partitions) {
        partitions.forEach(appliedOffsets::remove);
    }

    /** Loads the stored offsets and caches them as the expected ones. */
    Map<Integer, ConsumerOffset> loadOffsets(List<Integer> partitions) {
        Map<Integer, ConsumerOffset> found = offsets.load(partitions);
        appliedOffsets.putAll(found);
        return found;
    }

    void process(ConsumerBatch batch, PartitionReader reader) {
        try {
            ConsumerBatch aligned = alignWithStoredOffsets(batch, reader);
            // A copy: another thread of this process may own the partition by now, and it must not
            // change what this thread expects.
            Map<Integer, ConsumerOffset> expected = new HashMap<>(appliedOffsets);
            ConsumerBatch unapplied = withoutAppliedRecords(aligned, expected, reader);
            metrics.batches().record(() -> applyInChunks(unapplied, expected));
            batch.partitionRanges().forEach(this::forgetDeadLetters);
        } catch (ConsumerOffsetConflictException e) {
            LOG.info("{}: resuming from the stored offset", e.getMessage());
            Set<Integer> partitions = batch.partitionRanges().keySet();
            forgetOffsets(partitions);
            loadOffsets(List.copyOf(partitions))
                    .forEach((partition, stored) -> reader.seek(partition, stored.offset()));
        } catch (RuntimeException e) {
            metrics.countRetry();
            throw e;
        }
    }

    /** Seeks partitions whose batch does not start at the stored offset, and leaves their records out. */
    private ConsumerBatch alignWithStoredOffsets(ConsumerBatch batch, PartitionReader reader) {
        Map<Integer, ConsumerBatch.PartitionRange> ranges = batch.partitionRanges();
        List<Integer> unknown = ranges.keySet().stream()
                .filter(partition -> !appliedOffsets.containsKey(partition))
                .toList();
        if (unknown.isEmpty()) {
            return batch;
        }
        Set<Integer> misaligned = new HashSet<>();
        loadOffsets(unknown).forEach((partition, stored) -> {
            ConsumerBatch.PartitionRange range = ranges.get(partition);
            if (range != null && range.firstOffset() != stored.offset()) {
                misaligned.add(partition);
                reader.seek(partition, stored.offset());
            }
        });
        return batch.withoutPartitions(misaligned);
    }

    /**
     * Drops records that are already applied, so that redelivery does not count them twice.
     * Redelivery happens after a failure, or when a partition left and returned while its batch
     * waited. Offsets beyond the end of the topic mean that the topic was recreated: then low
     * offsets are new records.
     */
    private ConsumerBatch withoutAppliedRecords(
            ConsumerBatch batch, Map<Integer, ConsumerOffset> offsets, PartitionReader reader) {
        Map<Integer, Long> startOffsets = new HashMap<>();
        offsets.forEach((partition, stored) -> startOffsets.put(partition, stored.offset()));
        startOffsets.keySet().retainAll(batch.startingBefore(startOffsets));
        startOffsets.entrySet().removeIf(stored -> reader.endOffset(stored.getKey()) < stored.getValue());
        return batch.startingAt(startOffsets);
    }

    /**
     * Applies as many records per transaction as the database managed within its timeout. The chunk
     * size doubles after each success.
     */
    private void applyInChunks(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected) {
        int from = 0;
        while (from < batch.size()) {
            int to = (int) Math.min(batch.size(), (long) from + maxChunkSize.get());
            apply(batch.slice(from, to), expected);
            maxChunkSize.updateAndGet(size -> size > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * size);
            from = to;
        }
    }

    /** Without smaller chunks the redelivered batch would run into the same timeout forever. */
    private void reduceChunkSize(ConsumerBatch batch, RuntimeException failure) {
        if (FailureClassifier.isReadTimeout(failure)) {
            maxChunkSize.set(Math.max(1, batch.size() / 2));
            LOG.warn(
                    "Writing {} records exceeded the socket timeout; retrying with chunks of {}",
                    batch.size(),
                    maxChunkSize);
        }
    }

    private void apply(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            applyWhole(batch, expected);
        } catch (ConsumerOffsetConflictException e) {
            throw e;
        } catch (RuntimeException e) {
            if (FailureClassifier.classify(e) == FailureKind.TRANSIENT) {
                throw e;
            }
            applyInHalves(batch, expected, e);
        }
    }

    private void applyInHalves(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected, RuntimeException failure) {
        if (batch.size() == 1) {
            if (batch.withoutPlaceholders().isEmpty()) {
                throw failure;
            }
            deadLetter(batch, expected, failure);
            return;
        }
        int middle = batch.size() / 2;
        apply(batch.slice(0, middle), expected);
        apply(batch.slice(middle, batch.size()), expected);
    }

    private void applyWhole(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected) {
        DeadLetterBuffer invalidRecords = new DeadLetterBuffer();
        ConsumerBatch records = batch.withoutPlaceholders();
        W reduced = handler.reduce(records, invalidRecords);
        List<DeadLetter> deadLetterRecords = new ArrayList<>();
        invalidRecords
                .all()
                .forEach(invalid -> deadLetterRecords.add(
                        DeadLetter.of(records.record(invalid.index()), invalid.reason(), invalid.error())));
        batch.oversizedBatches()
                .forEach(
                        replaced -> deadLetterRecords.add(DeadLetter.of(replaced.placeholder(), replaced.oversized())));
        publish(deadLetterRecords);
        long oversizedRecords = countOversizedRecords(batch, expected);
        recordProgress(batch, expected, write(batch, () -> {
            BatchCounts counts = BatchCounts.of(
                    records.size() + oversizedRecords,
                    handler.write(reduced),
                    invalidRecords.all().size() + oversizedRecords);
            offsets.advance(expected, batch.partitionRanges(), counts);
            return counts;
        }));
    }

    /**
     * Checks the failure inside the transaction as well: a failing rollback on a broken connection
     * hides the original exception.
     */
    private BatchCounts write(ConsumerBatch batch, Supplier<BatchCounts> work) {
        try {
            return transaction.execute(status -> {
                try {
                    return work.get();
                } catch (RuntimeException e) {
                    reduceChunkSize(batch, e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            reduceChunkSize(batch, e);
            throw e;
        }
    }

    /** Counts the records of oversized batches, without those that were applied when the limit was higher. */
    private static long countOversizedRecords(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected) {
        return batch.oversizedBatches().stream()
                .mapToLong(replaced -> replaced.oversized()
                        .recordsFrom(offsetOf(expected, replaced.placeholder().partition())))
                .sum();
    }

    private static long offsetOf(Map<Integer, ConsumerOffset> offsets, int partition) {
        @Nullable ConsumerOffset stored = offsets.get(partition);
        return stored == null ? 0 : stored.offset();
    }

    private void deadLetter(ConsumerBatch single, Map<Integer, ConsumerOffset> expected, RuntimeException failure) {
        LOG.warn(
                "Dead-lettering {}-{}@{}: {}",
                single.record(0).topic(),
                single.partition(0),
                single.offset(0),
                failure.toString());
        publish(List.of(
                DeadLetter.of(single.record(0), FailureClassifier.reason(failure), FailureClassifier.error(failure))));
        recordProgress(single, expected, transaction.execute(status -> {
            BatchCounts counts = new BatchCounts(0, 0, 1);
            offsets.advance(expected, single.partitionRanges(), counts);
            return counts;
        }));
    }

    private void recordProgress(ConsumerBatch batch, Map<Integer, ConsumerOffset> expected, BatchCounts counts) {
        batch.partitionRanges().forEach((partition, range) -> {
            ConsumerOffset advanced = requireNonNull(expected.get(partition), "the expected offset of the partition")
                    .withOffset(range.nextOffset());
            expected.put(partition, advanced);
            appliedOffsets.put(partition, advanced);
        });
        metrics.countBatch(batch, counts);
    }

    /** Publishes each dead letter once, although a redelivered batch contains the same bad records. */
    private void publish(List<DeadLetter> candidates) {
        List<DeadLetter> unpublished = new ArrayList<>(candidates);
        unpublished.removeIf(deadLetter -> publishedDeadLetters.contains(deadLetter.source()));
        if (!unpublished.isEmpty()) {
            deadLetters.publish(unpublished);
            unpublished.forEach(deadLetter -> publishedDeadLetters.add(deadLetter.source()));
        }
    }

    private void forgetDeadLetters(int partition, ConsumerBatch.PartitionRange range) {
        publishedDeadLetters.removeIf(
                source -> source.partition() == partition && source.offset() < range.nextOffset());
    }

    /** The Kafka consumer, as far as the processor needs it. */
    interface PartitionReader {

        /** Continues reading a partition at another offset. */
        void seek(int partition, long offset);

        /** The offset that the next record sent to the partition will get. */
        long endOffset(int partition);
    }
}
