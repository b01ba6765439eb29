package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobStage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be visible of one stage. Times are cut off to microseconds.
 *
 * @param no null if the producer does not count its stages
 * @param durationMs as reported with the end; null if no duration was
 */
public record ReferenceStage(
        @Nullable Integer no,
        String name,
        JobStage.Status status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        @Nullable String meta,
        @Nullable JobError error) {}
