package io.gonkapulse.testkit.workload;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.workload.ReferenceJob.Ending;
import io.gonkapulse.testkit.workload.ReferenceJob.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes what must be visible of jobs from the set of all their records: one rule after the other, each over all
 * events. It is slow on purpose, and shares no code with the recorder. Records must be valid.
 */
public final class ReferenceJobModel {

    private final Duration defaultLease;

    /** @param defaultLease of an event that names none */
    public ReferenceJobModel(Duration defaultLease) {
        this.defaultLease = defaultLease;
    }

    /** The order of the records does not matter, nor does a record that is there twice. */
    public Map<UUID, ReferenceJob> jobs(Collection<SimulatedRecord> records) {
        Map<UUID, ReferenceJob> jobs = new TreeMap<>();
        records.stream()
                .map(ReferenceEvent::of)
                .filter(one -> one.type() != JobEventType.TICK)
                .collect(groupingBy(one -> one.event().jobId()))
                .forEach((id, events) -> jobs.put(id, job(id, events)));
        return jobs;
    }

    /** The number of jobs by the time at which they are first known. */
    public static Map<ReferenceBucket, Long> acceptedCounts(Collection<ReferenceJob> jobs) {
        return counts(jobs, job -> job.run().firstTime());
    }

    /** The number of ended jobs by the time of their end. */
    public static Map<ReferenceBucket, Long> finishedCounts(Collection<ReferenceJob> jobs) {
        return counts(jobs, job -> job.ending() == null ? null : job.ending().finishedAt());
    }

    private static Map<ReferenceBucket, Long> counts(
            Collection<ReferenceJob> jobs, Function<ReferenceJob, @Nullable Instant> time) {
        return jobs.stream().flatMap(job -> bucket(job, time.apply(job))).collect(groupingBy(one -> one, counting()));
    }

    private static Stream<ReferenceBucket> bucket(ReferenceJob job, @Nullable Instant time) {
        ReferenceState state = job.state();
        return state == null || time == null
                ? Stream.empty()
                : Stream.of(new ReferenceBucket(job.facts().botId(), state, ReferenceBucket.bucketOf(time)));
    }

    private ReferenceJob job(UUID id, List<ReferenceEvent> events) {
        Optional<Instant> purgedAt = events.stream()
                .filter(one -> one.type() == JobEventType.PURGED)
                .map(ReferenceEvent::at)
                .min(Instant::compareTo);
        if (purgedAt.isPresent()) {
            return ReferenceJob.purged(id, purgedAt.get());
        }
        int attempt = events.stream().mapToInt(ReferenceEvent::attempt).max().orElseThrow();
        List<ReferenceEvent> newest =
                events.stream().filter(one -> one.attempt() == attempt).toList();
        Run run = ReferenceFactsModel.run(events, newest, defaultLease);
        Ending ending = ReferenceEndingModel.ending(newest, ReferenceFactsModel.leaseUntil(newest, defaultLease));
        return new ReferenceJob(
                id,
                null,
                ReferenceFactsModel.facts(events),
                run,
                ending,
                ReferenceEndingModel.durations(run, ending),
                ReferenceStageModel.stages(newest));
    }
}
