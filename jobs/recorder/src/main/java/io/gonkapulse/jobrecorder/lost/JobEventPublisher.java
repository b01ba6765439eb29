package io.gonkapulse.jobrecorder.lost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;

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
     * @throws KafkaException if it does not
     */
    public void publish(Collection<JobEvent> events) {
        awaitAll(events.stream().map(event -> send(event, null)).toList());
    }

    /** Publishes an event to each of the partitions. */
    void publish(JobEvent event, Collection<Integer> partitions) {
        awaitAll(partitions.stream().map(partition -> send(event, partition)).toList());
    }

    /** How many partitions the topic has now. */
    int countPartitions() {
        return kafka.partitionsFor(TOPIC).size();
    }

    /** The partition that every producer chooses for a job. */
    static int partitionOf(UUID jobId, int partitions) {
        return Utils.toPositive(Utils.murmur2(keyOf(jobId))) % partitions;
    }

    private static byte[] keyOf(UUID jobId) {
        return jobId.toString().getBytes(UTF_8);
    }

    private Future<?> send(JobEvent event, @Nullable Integer partition) {
        return kafka.send(new ProducerRecord<>(TOPIC, partition, keyOf(event.jobId()), codec.encode(event)));
    }

    private static void awaitAll(List<? extends Future<?>> sends) {
        List<Future<?>> pending = new ArrayList<>(sends);
        try {
            for (Future<?> send : pending) {
                send.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("Events of jobs cannot be published", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while publishing events of jobs", e);
        }
    }
}
