package io.gonkapulse.jobrecorder.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;

/** Publishes the recorder's own events. Thread-safe. */
public final class JobEventPublisher {

    private static final String TOPIC = KafkaTopic.JOB_EVENTS.name();

    private final JobEventCodec codec = new JobEventCodec();
    private final KafkaOperations<byte[], byte[]> kafka;

    public JobEventPublisher(KafkaOperations<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Publishes events to the partitions of their jobs and returns when the broker has all of them.
     *
     * @return the time of the newest of these records in each partition
     * @throws KafkaException if the broker does not have all of them
     */
    public Map<Integer, Instant> publish(Collection<JobEvent> events) {
        return awaitAll(events.stream().map(event -> send(event, null)).toList());
    }

    /** Publishes an event to each of the partitions. */
    public Map<Integer, Instant> publish(JobEvent event, Collection<Integer> partitions) {
        return awaitAll(
                partitions.stream().map(partition -> send(event, partition)).toList());
    }

    /** How many partitions the topic has now. */
    public int countPartitions() {
        return kafka.partitionsFor(TOPIC).size();
    }

    /** The partition that every producer chooses for a job. */
    public static int partitionOf(UUID jobId, int partitions) {
        return Utils.toPositive(Utils.murmur2(keyOf(jobId))) % partitions;
    }

    private static byte[] keyOf(UUID jobId) {
        return jobId.toString().getBytes(UTF_8);
    }

    private Future<SendResult<byte[], byte[]>> send(JobEvent event, @Nullable Integer partition) {
        try {
            return kafka.send(new ProducerRecord<>(TOPIC, partition, keyOf(event.jobId()), codec.encode(event)));
        } catch (org.springframework.kafka.KafkaException e) {
            throw new KafkaException("Events of jobs cannot be published", e);
        }
    }

    private static Map<Integer, Instant> awaitAll(List<Future<SendResult<byte[], byte[]>>> sends) {
        Map<Integer, Instant> newest = new HashMap<>();
        try {
            for (Future<SendResult<byte[], byte[]>> send : sends) {
                RecordMetadata record = send.get().getRecordMetadata();
                newest.merge(
                        record.partition(),
                        Instant.ofEpochMilli(record.timestamp()),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
            return newest;
        } catch (ExecutionException e) {
            throw new KafkaException("Events of jobs cannot be published", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while publishing events of jobs", e);
        }
    }
}
