package io.gonkapulse.testkit.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Plays the lives of all jobs and puts their records in the order of the broker. */
final class WorkloadBuilder {

    private static final long TICK_MILLIS = 10_000;

    /** A silent time that is longer has no more ticks, as if the recorder had stopped. */
    private static final int MAX_TICKS = 3;

    private static final long HOUR_MILLIS = 3_600_000;

    private final WorkloadParameters parameters;
    private final RandomValues random;

    WorkloadBuilder(WorkloadParameters parameters) {
        this.parameters = parameters;
        random = new RandomValues(parameters.seed());
    }

    SimulatedWorkload build() {
        List<SimulatedJob> jobs = new ArrayList<>();
        List<SimulatedRecord> records = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        long acceptedMillis = parameters.start().toEpochMilli();
        for (int i = 0; i < parameters.jobs(); i++) {
            JobScript script = new JobScript(random, acceptedMillis, parameters.partitions(), ids);
            SimulatedJob job = script.play();
            jobs.add(job);
            ids.add(job.id());
            records.addAll(script.records());
            acceptedMillis += random.between(0, 4_000);
            if (random.chance(1)) {
                acceptedMillis += random.between(1, 6) * HOUR_MILLIS;
            }
        }
        records.addAll(ticks(records));
        records.sort(Comparator.comparingLong(SimulatedRecord::recordMillis));
        return new SimulatedWorkload(jobs, records);
    }

    private List<SimulatedRecord> ticks(List<SimulatedRecord> records) {
        List<SimulatedRecord> ticks = new ArrayList<>();
        for (int partition = 0; partition < parameters.partitions(); partition++) {
            int number = partition;
            long[] times = records.stream()
                    .filter(one -> one.partition() == number)
                    .mapToLong(SimulatedRecord::recordMillis)
                    .sorted()
                    .toArray();
            for (int i = 1; i < times.length; i++) {
                long silence = times[i] - times[i - 1];
                if (silence > TICK_MILLIS && random.chance(30)) {
                    long count = Math.min(silence / TICK_MILLIS, random.between(1, MAX_TICKS));
                    for (int j = 1; j <= count; j++) {
                        ticks.add(tick(partition, times[i - 1] + j * TICK_MILLIS));
                    }
                }
            }
        }
        return ticks;
    }

    private static SimulatedRecord tick(int partition, long recordMillis) {
        var event = new JobEvent(
                JobEvent.NO_JOB,
                JobEventType.TICK,
                Instant.ofEpochMilli(recordMillis),
                new JobEventOrigin("job-recorder", null, null, JobEventOrigin.Reporter.EXECUTOR),
                JobDescription.NONE,
                JobAttempt.FIRST,
                JobEventDetails.NONE);
        String json = new String(new JobEventCodec().encode(event), UTF_8);
        return new SimulatedRecord(JobEvent.NO_JOB.toString(), json, recordMillis, partition);
    }
}
