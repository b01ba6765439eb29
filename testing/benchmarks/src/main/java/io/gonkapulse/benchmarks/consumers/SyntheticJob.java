package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.job.JobStage.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job of three stages, with the nine events that the reporter sends for it.
 *
 * @param number decides what differs between jobs
 * @param metaBytes size of the description that the start carries
 */
record SyntheticJob(int number, Instant acceptedAt, int metaBytes) {

    static final int EVENTS = 9;

    private static final int BOTS = 20;
    /** One in so many jobs fails. */
    private static final int FAILURES = 20;

    private static final int STAGES = 3;
    private static final long QUEUE_MILLIS = 40;
    private static final long LEASE_MILLIS = 30_000;
    private static final long STEP_MILLIS = 100;

    /** A spread of bits, so that ids of the same millisecond lie in all partitions. */
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    UUID id() {
        long random = number * MULTIPLIER;
        return new UUID(acceptedAt.toEpochMilli() << 16 | VERSION_7 | (random >>> 52), VARIANT | (random >>> 2));
    }

    String botId() {
        return "bot-" + Math.floorMod(number, BOTS);
    }

    boolean fails() {
        return Math.floorMod(number, FAILURES) == 0;
    }

    /** Accepted, started, three stages with start and end, and the end. */
    JobEvent event(int step) {
        int stage = (step - 2) / 2 + 1;
        boolean ends = step % 2 == 1;
        return switch (step) {
            case 0 -> event(JobEventType.ACCEPTED, step, JobEventDetails.NONE);
            case 1 ->
                event(JobEventType.STARTED, step, new JobEventDetails(null, List.of(), meta(), null, null, null, null));
            case EVENTS - 1 ->
                event(
                        fails() ? JobEventType.FAILED : JobEventType.SUCCEEDED,
                        step,
                        new JobEventDetails(null, List.of(), null, "{\"rows\":" + number + "}", null, null, null));
            default ->
                event(ends ? JobEventType.STAGE_SUCCEEDED : JobEventType.STAGE_STARTED, step, stage(stage, step, ends));
        };
    }

    private JobEventDetails stage(int no, int step, boolean ends) {
        JobStage stage = new JobStage(
                no,
                "stage-" + no,
                Status.RUNNING,
                timeOf(ends ? step - 1 : step),
                ends ? (Long) STEP_MILLIS : null,
                null,
                null);
        return new JobEventDetails(stage, List.of(), null, null, null, null, null);
    }

    private JobEvent event(JobEventType type, int step, JobEventDetails details) {
        boolean waits = step == 0;
        return new JobEvent(
                id(),
                type,
                timeOf(step),
                new JobEventOrigin(
                        "worker-" + Math.floorMod(number, STAGES), "0192f3a1b2c3", (long) step, Reporter.EXECUTOR),
                new JobDescription(botId(), new JobCreator("ops", "admin", null), null, null),
                new JobAttempt(
                        1,
                        acceptedAt,
                        waits ? null : timeOf(1),
                        LEASE_MILLIS,
                        waits ? null : (Long) (STEP_MILLIS * (step - 1))),
                details);
    }

    private Instant timeOf(int step) {
        return step == 0 ? acceptedAt : acceptedAt.plusMillis(QUEUE_MILLIS + STEP_MILLIS * (step - 1));
    }

    private @Nullable String meta() {
        String start = "{\"number\":" + number + ",\"text\":\"";
        return start + "x".repeat(Math.max(0, metaBytes - start.length())) + "\"}";
    }
}
