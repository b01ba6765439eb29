package io.gonkapulse.contracts.job;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import java.time.Instant;
import java.util.UUID;

/**
 * A record of the topic {@code job.events}, keyed by the job's id: something that happened to a job.
 *
 * @param at when it happened, by the producer's clock
 */
public record JobEvent(
        UUID jobId,
        JobEventType type,
        Instant at,
        JobEventOrigin origin,
        JobDescription description,
        JobAttempt attempt,
        JobEventDetails details) {

    /** The id of {@link JobEventType#TICK}, which is about no job. */
    public static final UUID NO_JOB = new UUID(0, 0);

    public JobEvent {
        requireNonNull(at, "at");
        requireNonNull(origin, "origin");
        requireNonNull(description, "description");
        requireNonNull(attempt, "attempt");
        requireNonNull(details, "details");
        if (jobId.equals(NO_JOB) != (type == JobEventType.TICK)) {
            throw new IllegalArgumentException("Expected the id " + NO_JOB + " for ticks only");
        }
        if (type.isStage() && details.stage() == null) {
            throw new IllegalArgumentException("Expected a stage in the event " + type.word());
        }
        if (type == JobEventType.LOST && details.leaseUntil() == null) {
            throw new IllegalArgumentException("Expected leaseUntil in the event lost");
        }
        if (origin.by() == Reporter.QUEUE && type != JobEventType.CANCELED) {
            throw new IllegalArgumentException("Expected by=queue with the event canceled only, got " + type.word());
        }
    }
}
