package io.gonkapulse.contracts.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who asked for a job. */
public record JobCreator(
        @Nullable String name,
        @Nullable String role,
        @Nullable Instant at) {

    public JobCreator {
        JobLimits.requireText(0, name, JobLimits.MAX_NAME_LENGTH, "createdBy.name");
        JobLimits.requireText(0, role, JobLimits.MAX_WORD_LENGTH, "createdBy.role");
    }
}
