package io.gonkapulse.contracts.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a job, as one event reports it.
 *
 * @param no the position from 1 on; null if the producer does not count its stages
 * @param status only in a complete list; a single event has a type instead
 * @param startedAt null if the event has no other time than its own
 * @param durationMillis measured by the producer's monotonic clock
 * @param meta a JSON object
 */
public record JobStage(
        @Nullable Integer no,
        String name,
        Status status,
        @Nullable Instant startedAt,
        @Nullable Long durationMillis,
        @Nullable String meta,
        @Nullable JobError error) {

    public JobStage {
        if (no != null) {
            JobLimits.requireBetween(1, no, JobLimits.MAX_STAGES, "stage.no");
        }
        JobLimits.requireText(1, name, JobLimits.MAX_NAME_LENGTH, "stage.name");
        JobLimits.requireDuration(durationMillis, "stage.durationMillis");
    }

    public enum Status {
        RUNNING,
        SUCCEED,
        FAIL
    }
}
