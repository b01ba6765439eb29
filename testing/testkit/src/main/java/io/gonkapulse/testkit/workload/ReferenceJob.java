package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must be visible of one job. Times are cut off to microseconds, the precision of the database.
 *
 * @param purgedAt the smallest time of a {@code purged} event; nothing else of a purged job is visible
 * @param ending null while the newest attempt has no outcome
 * @param stages of the newest attempt: by number, then the uncounted ones by start
 */
public record ReferenceJob(
        UUID id,
        @Nullable Instant purgedAt,
        Facts facts,
        Run run,
        @Nullable Ending ending,
        Durations durations,
        List<ReferenceStage> stages) {

    static ReferenceJob purged(UUID id, Instant purgedAt) {
        return new ReferenceJob(
                id, ReferenceTimes.toMicros(purgedAt), Facts.NONE, Run.NONE, null, Durations.NONE, List.of());
    }

    /** Null if the job was purged. */
    public @Nullable ReferenceState state() {
        if (purgedAt != null) {
            return null;
        }
        if (ending != null) {
            return ending.state();
        }
        return run.running() ? ReferenceState.RUNNING : ReferenceState.QUEUED;
    }

    public boolean lost() {
        return ending != null && ending.lost();
    }

    /**
     * What was reported about the job as a whole.
     *
     * @param botsDiffer whether events name more than one bot
     */
    public record Facts(
            @Nullable String botId,
            boolean botsDiffer,
            @Nullable JobCreator createdBy,
            @Nullable UUID parentId,
            @Nullable String trace,
            @Nullable CancelRequest cancelRequested,
            @Nullable String meta,
            @Nullable String progress) {

        static final Facts NONE = new Facts(null, false, null, null, null, null, null, null);
    }

    /**
     * A wish to cancel the job, whether or not it was canceled.
     *
     * @param by a name, else the source of the event
     */
    public record CancelRequest(String by, Instant at) {}

    /**
     * Times of the job and of its newest attempt.
     *
     * @param attempt null only if the job was purged
     * @param firstTime the smallest time of all attempts
     * @param leaseUntil null unless the attempt gave a sign of life
     */
    public record Run(
            @Nullable Integer attempt,
            @Nullable Instant firstTime,
            @Nullable Instant acceptedAt,
            @Nullable Instant startedAt,
            boolean running,
            @Nullable Instant leaseUntil,
            boolean stagesListed) {

        static final Run NONE = new Run(null, null, null, null, false, null, false);
    }

    /**
     * How the newest attempt ended.
     *
     * @param conflicting whether executor and queue name more than one state
     * @param claims the best claim for each reporter and state, the deciding one first
     */
    public record Ending(
            ReferenceState state,
            boolean lost,
            Instant finishedAt,
            @Nullable Long elapsedMillis,
            @Nullable String result,
            @Nullable JobError error,
            boolean conflicting,
            List<Claim> claims) {}

    /** What one reporter says about the end of the attempt. Of a lost attempt, {@code at} is the end of its lease. */
    public record Claim(Reporter by, ReferenceState state, Instant at, String source) {}

    /** Whose claim counts more comes first. */
    public enum Reporter {
        EXECUTOR,
        QUEUE,
        RECORDER
    }

    /** Milliseconds, never negative. */
    public record Durations(
            @Nullable Long queueMs,
            @Nullable Long runMs,
            @Nullable DurationSource source) {

        static final Durations NONE = new Durations(null, null, null);
    }

    /** Where the run time of a job is from. */
    public enum DurationSource {
        /** Reported by the producer. */
        MONOTONIC,
        /** The difference of two times. */
        CLOCK,
        /** The difference was negative. */
        CLAMPED,
        /** The end is that of the lease. */
        LEASE
    }
}
