package io.gonkapulse.workercore.consumer;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.transaction.TransactionException;

/** Connects the listener container to the batch processor: assignments, revocations and batches. */
final class TopicConsumerListener
        implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(TopicConsumerListener.class);

    private final String topic;
    private final BatchProcessor<?> processor;
    private final BatchTracer tracer;
    private final Set<String> joinedMembers = ConcurrentHashMap.newKeySet();

    TopicConsumerListener(String topic, BatchProcessor<?> processor, BatchTracer tracer) {
        this.topic = topic;
        this.processor = processor;
        this.tracer = tracer;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        Consumer<?, ?> reader = requireNonNull(consumer, "the consumer of the container");
        ConsumerBatch batch = new ConsumerBatch(records);
        String offsets = batch.describeOffsets();
        // Log fields of every line written while the batch is processed.
        MDC.put("topic", topic);
        MDC.put("offsets", offsets);
        try (BatchTracer.BatchSpans spans = tracer.startSpans(records, offsets)) {
            try {
                processor.process(batch, new AssignedPartitionReader(topic, reader));
                LOG.debug("Applied {} records of {}", batch.size(), topic);
            } catch (RuntimeException e) {
                spans.recordFailure(e);
                LOG.warn("{} records of {} will be retried: {}", batch.size(), topic, e.toString());
                throw e;
            }
        } finally {
            MDC.remove("topic");
            MDC.remove("offsets");
        }
    }

    /**
     * Seeks to the stored offsets. If the database or the broker is unavailable, the first batch
     * does it instead.
     */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        List<Integer> numbers = partitionNumbers(partitions);
        processor.forgetOffsets(numbers);
        rebalanceOnce(consumer);
        if (numbers.isEmpty()) {
            return;
        }
        try {
            processor
                    .loadOffsets(numbers)
                    .forEach((partition, stored) ->
                            consumer.seek(new TopicPartition(topic, partition), stored.offset()));
        } catch (DataAccessException | TransactionException | KafkaException e) {
            LOG.warn("The stored offsets of {} cannot be read yet: {}", partitions, e.getMessage());
        }
    }

    /**
     * The broker gives a returning static member its last assignment. If its process was killed between the two steps of
     * a cooperative rebalance, some partitions belong to nobody then, and only another rebalance assigns them.
     */
    private void rebalanceOnce(Consumer<?, ?> consumer) {
        ConsumerGroupMetadata member = consumer.groupMetadata();
        if (member.groupInstanceId().isPresent() && joinedMembers.add(member.memberId())) {
            consumer.enforceRebalance("a static member has joined");
        }
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        processor.forgetOffsets(partitionNumbers(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        processor.forgetOffsets(partitionNumbers(partitions));
    }

    private static List<Integer> partitionNumbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }

    private record AssignedPartitionReader(String topic, Consumer<?, ?> consumer)
            implements BatchProcessor.PartitionReader {

        /** Ignores a partition that was revoked meanwhile. */
        @Override
        public void seek(int partition, long offset) {
            TopicPartition target = new TopicPartition(topic, partition);
            if (consumer.assignment().contains(target)) {
                LOG.info("Seeking {} to the stored offset {}", target, offset);
                consumer.seek(target, offset);
            }
        }

        @Override
        public long endOffset(int partition) {
            TopicPartition target = new TopicPartition(topic, partition);
            return requireNonNull(consumer.endOffsets(Set.of(target)).get(target), "the end offset");
        }
    }
}
