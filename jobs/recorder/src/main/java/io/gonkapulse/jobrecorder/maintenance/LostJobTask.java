package io.gonkapulse.jobrecorder.maintenance;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.maintenance.LostJobRepository.EndedLease;
import io.gonkapulse.jobrecorder.maintenance.LostJobRepository.PartitionTime;
import io.gonkapulse.jobrecorder.maintenance.LostJobRepository.TopicTime;
import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes {@code lost} for jobs that missed their lease, and {@code tick} into silent partitions, whose time would
 * stop otherwise. Only the time that every partition has reached counts, so a recorder that lags, an unavailable
 * broker or a paused database makes no job lost, and neither do partitions that are added.
 */
public final class LostJobTask {

    /** How long a partition may be silent before it gets a tick. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(10);

    /** For records that are on their way when a lease ends. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final int PAGE = 10_000;
    private static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_111L);
    private static final JobEventOrigin ORIGIN = new JobEventOrigin("job-recorder", null, null, Reporter.EXECUTOR);
    private static final Logger LOG = LoggerFactory.getLogger(LostJobTask.class);

    private final ExclusiveTaskRunner tasks;
    private final JobEventPublisher publisher;

    /** Newest record of this task by partition. Until it is applied, the tables do not show what was reported. */
    private final Map<Integer, Instant> published = new HashMap<>();

    public LostJobTask(ExclusiveTaskRunner tasks, JobEventPublisher publisher) {
        this.tasks = tasks;
        this.publisher = publisher;
    }

    /** Runs once. A failed broker is logged, and the next run makes up for it. */
    public void run() {
        tasks.run(LOCK, (database, now) -> {
            try {
                run(database, now);
            } catch (KafkaException e) {
                LOG.warn("Lost jobs cannot be reported, the next run tries again: {}", e.getMessage());
            }
        });
    }

    private void run(JdbcClient database, Instant now) {
        LostJobRepository repository = new LostJobRepository(database);
        Map<Integer, PartitionTime> times = repository.partitionTimes();
        int partitions = publisher.countPartitions();
        // Until each partition has a tick, events of any job may be waiting in it.
        if (IntStream.range(0, partitions).allMatch(times::containsKey)) {
            publishLost(repository, times, partitions, now);
        }
        publishTicks(times, partitions, now);
    }

    private void publishTicks(Map<Integer, PartitionTime> times, int partitions, Instant now) {
        Instant silentBefore = now.minus(MAX_SILENCE);
        List<Integer> silent = IntStream.range(0, partitions)
                .boxed()
                .filter(partition -> {
                    PartitionTime time = times.get(partition);
                    Instant ticked = published.getOrDefault(partition, Instant.MIN);
                    return ticked.isBefore(silentBefore)
                            && (time == null || time.newestAt().isBefore(silentBefore));
                })
                .toList();
        published.putAll(
                publisher.publish(event(JobEvent.NO_JOB, JobEventType.TICK, 1, now, JobEventDetails.NONE), silent));
    }

    private void publishLost(
            LostJobRepository repository, Map<Integer, PartitionTime> times, int partitions, Instant now) {
        TopicTime time = TopicTime.of(times.values().stream()
                .filter(one -> one.partition() < partitions)
                .toList());
        Set<Integer> unapplied = times.values().stream()
                .filter(one -> one.newestAt().isBefore(published.getOrDefault(one.partition(), Instant.MIN)))
                .map(PartitionTime::partition)
                .collect(Collectors.toSet());
        EndedLease last = EndedLease.BEFORE_ALL;
        List<EndedLease> page;
        do {
            page = repository.findEndedLeases(time.reachedAt().minus(GRACE), last, PAGE);
            List<JobEvent> lost = new ArrayList<>();
            for (EndedLease lease : page) {
                if (!unapplied.contains(JobEventPublisher.partitionOf(lease.jobId(), partitions))
                        && lease.silentUntil(time).plus(GRACE).isBefore(time.reachedAt())) {
                    lost.add(lostEvent(lease, now));
                }
                last = lease;
            }
            published.putAll(publisher.publish(lost));
            if (!lost.isEmpty()) {
                LOG.info("{} jobs missed their lease and are reported as lost", lost.size());
            }
        } while (page.size() == PAGE);
    }

    private static JobEvent lostEvent(EndedLease lease, Instant now) {
        JobEventDetails details = new JobEventDetails(null, List.of(), null, null, null, null, lease.leaseUntil());
        return event(lease.jobId(), JobEventType.LOST, lease.attempt(), now, details);
    }

    private static JobEvent event(UUID jobId, JobEventType type, int attempt, Instant now, JobEventDetails details) {
        return new JobEvent(
                jobId,
                type,
                now,
                ORIGIN,
                JobDescription.NONE,
                new JobAttempt(attempt, null, null, null, null),
                details);
    }
}
