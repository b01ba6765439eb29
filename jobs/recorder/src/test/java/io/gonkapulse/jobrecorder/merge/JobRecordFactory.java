package io.gonkapulse.jobrecorder.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of one bot's jobs, appended at the time of their event. */
public final class JobRecordFactory {

    private static final JobEventCodec CODEC = new JobEventCodec();

    private final int partitions;
    private final @Nullable Long leaseMillis;

    /** @param leaseMillis null for the default lease */
    public JobRecordFactory(int partitions, @Nullable Long leaseMillis) {
        this.partitions = partitions;
        this.leaseMillis = leaseMillis;
    }

    public SimulatedRecord record(UUID job, JobEventType type, Instant at) {
        JobAttempt attempt = new JobAttempt(1, null, null, leaseMillis, null);
        return record(
                new JobEvent(
                        job,
                        type,
                        at,
                        new JobEventOrigin("test", null, null, Reporter.EXECUTOR),
                        new JobDescription("nightly", null, null, null),
                        attempt,
                        JobEventDetails.NONE),
                SimulatedRecord.partitionOf(job.toString(), partitions));
    }

    /** A tick goes to a partition, whatever its key. */
    public static SimulatedRecord tick(int partition, Instant at) {
        return record(
                new JobEvent(
                        JobEvent.NO_JOB,
                        JobEventType.TICK,
                        at,
                        new JobEventOrigin("test", null, null, Reporter.EXECUTOR),
                        JobDescription.NONE,
                        JobAttempt.FIRST,
                        JobEventDetails.NONE),
                partition);
    }

    private static SimulatedRecord record(JobEvent event, int partition) {
        return new SimulatedRecord(
                event.jobId().toString(),
                new String(CODEC.encode(event), UTF_8),
                event.at().toEpochMilli(),
                partition);
    }
}
