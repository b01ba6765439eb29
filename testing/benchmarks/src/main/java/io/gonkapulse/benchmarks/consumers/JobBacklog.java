package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

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
        try (BacklogProducer producer = new BacklogProducer(bootstrapServers, BacklogProducer.SMALL_BATCH)) {
            for (int turn = 0; turn < jobs + SyntheticJob.EVENTS * JOBS_PER_STEP; turn++) {
                for (int step = 0; step < SyntheticJob.EVENTS; step++) {
                    int number = turn - step * JOBS_PER_STEP;
                    if (number >= 0 && number < jobs) {
                        SyntheticJob job =
                                new SyntheticJob(number, begin.plusMillis((long) (number * millisPerJob)), metaBytes);
                        producer.send(new ProducerRecord<>(
                                KafkaTopic.JOB_EVENTS.name(),
                                job.id().toString().getBytes(US_ASCII),
                                codec.encode(job.event(step))));
                    }
                }
            }
        }
    }
}
