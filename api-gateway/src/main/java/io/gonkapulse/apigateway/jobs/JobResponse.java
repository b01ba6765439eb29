package io.gonkapulse.apigateway.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job in a response body.
 *
 * <p>Objects of the job's owner are written as the database has them. Its text has a space after each colon, so no owner
 * can forge the placeholder of an age.
 *
 * @param result of a single job only; {@link #NO_RESULT} without one
 * @param eta of running jobs; a single finished job has it, too
 * @param stages of a single job only
 */
record JobResponse(
        UUID jobId,
        @Nullable String botId,
        String state,
        @Nullable Instant firstTime,
        @Nullable Instant acceptedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long queueMs,
        @Nullable Long runMs,
        @Nullable Long totalMs,
        @Nullable String durationSource,
        int attempt,
        @Nullable Creator createdBy,
        @Nullable UUID parentId,
        @Nullable String trace,
        @JsonRawValue @Nullable String meta,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
        String result,

        @Nullable Failure error,
        @Nullable String errorMessage,
        @Nullable CancelRequest cancelRequested,
        boolean conflicting,
        List<Outcome> outcomes,
        @Nullable Instant leaseUntil,
        boolean lost,
        @JsonRawValue @Nullable String progress,
        @Nullable Eta eta,
        String origin,
        boolean botsDiffer,
        @JsonIgnore boolean stagesListed,
        long stageCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Stage> stages) {

    static final String NO_RESULT = "null";

    JobResponse withStages(List<Stage> newStages) {
        return copy(eta, newStages.size(), newStages);
    }

    JobResponse withStageCount(long newCount) {
        return copy(eta, newCount, stages);
    }

    JobResponse withEta(@Nullable Eta newEta) {
        return copy(newEta, stageCount, stages);
    }

    private JobResponse copy(@Nullable Eta newEta, long newCount, @Nullable List<Stage> newStages) {
        return new JobResponse(
                jobId,
                botId,
                state,
                firstTime,
                acceptedAt,
                startedAt,
                finishedAt,
                queueMs,
                runMs,
                totalMs,
                durationSource,
                attempt,
                createdBy,
                parentId,
                trace,
                meta,
                result,
                error,
                errorMessage,
                cancelRequested,
                conflicting,
                outcomes,
                leaseUntil,
                lost,
                progress,
                newEta,
                origin,
                botsDiffer,
                stagesListed,
                newCount,
                newStages);
    }

    boolean isRunning() {
        return state.equals("running");
    }

    /**
     * A page of jobs.
     *
     * @param totalAtLeast whether there are more jobs than the total
     */
    record Page(List<JobResponse> items, @Nullable String nextCursor, long total, boolean totalAtLeast) {}

    /** Who asked for a job. */
    record Creator(
            String name, @Nullable String role, @Nullable Instant at) {}

    /**
     * Why a job or a stage failed.
     *
     * @param stack absent in lists
     */
    record Failure(
            @Nullable String name,
            @Nullable String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String stack) {

        /** Returns null if nothing is known. */
        static @Nullable Failure of(@Nullable String name, @Nullable String message, @Nullable String stack) {
            return name == null && message == null && stack == null ? null : new Failure(name, message, stack);
        }
    }

    /** The first request to cancel a job. */
    record CancelRequest(@Nullable String by, Instant at) {}

    /** What one reporter said about the end. */
    record Outcome(
            String state, Instant at, String by, @Nullable String source) {}

    /**
     * The expected end of a run, from earlier runs of the same bot.
     *
     * @param errorMs actual minus expected duration; null while the job runs
     */
    record Eta(
            Instant at,
            long ms,
            long p50Ms,
            long p90Ms,
            @Nullable Long errorMs) {}

    /** A stage of the newest attempt. */
    record Stage(
            @Nullable Integer no,
            String name,
            String status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable Long durationMs,
            @JsonRawValue @Nullable String meta,
            @Nullable Failure error) {}
}
