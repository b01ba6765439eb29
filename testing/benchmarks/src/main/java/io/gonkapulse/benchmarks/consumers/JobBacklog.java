package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the events of jobs of the last hour.
 *
 * @param metaBytes size of each job's description
 */
record JobBacklog(String bootstrapServers, int jobs, int metaBytes) {

    /** So many jobs run at the same time: a batch holds parts of jobs. */
    private static final int OPEN_JOBS = 1_000;

    private static final int JOBS_PER_STEP = OPEN_JOBS / SyntheticJob.EVENTS;

    int records() {
        return jobs * SyntheticJob.EVENTS;
    }

    void publish(InstantSource clock) {
        JobEventCodec codec = new JobEventCodec();
        Instant begin = clock.instant().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.HOURS);
        double millisPerJob = 3_500_000.0 / jobs;
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "linger.ms",
                        20,
                        // If the leader of a new partition refuses the first batch, the broker takes a second one as
                        // the
                        // first, and then refuses the repeated first one for ever.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int turn = 0; turn < jobs + SyntheticJob.EVENTS * JOBS_PER_STEP; turn++) {
                for (int step = 0; step < SyntheticJob.EVENTS; step++) {
                    int number = turn - step * JOBS_PER_STEP;
                    if (number >= 0 && number < jobs) {
                        SyntheticJob job =
                                new SyntheticJob(number, begin.plusMillis((long) (number * millisPerJob)), metaBytes);
                        producer.send(
                                        new ProducerRecord<>(
                                                KafkaTopic.JOB_EVENTS.name(),
                                                job.id().toString().getBytes(US_ASCII),
                                                codec.encode(job.event(step))),
                                        (metadata, refused) -> {
                                            if (refused != null) {
                                                failure.set(refused);
                                            }
                                        })
                                .isDone();
                    }
                }
            }
        }
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("Could not publish the backlog", refused);
        }
    }
}
