package io.gonkapulse.contracts.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only some types of events contain.
 *
 * @param stage of an event of one stage
 * @param stages the complete list, of {@link JobEventType#STAGES}
 * @param meta a JSON object: what the job is about
 * @param result a JSON object: what the job produced
 * @param progress a JSON object: how far the job is
 * @param leaseUntil of {@link JobEventType#LOST}: the end of the lease that was missed
 */
public record JobEventDetails(
        @Nullable JobStage stage,
        List<JobStage> stages,
        @Nullable String meta,
        @Nullable String result,
        @Nullable String progress,
        @Nullable JobError error,
        @Nullable Instant leaseUntil) {

    public static final JobEventDetails NONE = new JobEventDetails(null, List.of(), null, null, null, null, null);

    public JobEventDetails {
        stages = List.copyOf(stages);
        JobLimits.requireBetween(0, stages.size(), JobLimits.MAX_STAGES, "the number of stages");
    }
}
