package io.gonkapulse.contracts.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does not change while a job lives. Each event repeats what its producer knows, so that a lost event leaves no
 * nameless job.
 *
 * @param botId the kind of the job
 * @param trace the W3C header {@code traceparent}
 */
public record JobDescription(
        @Nullable String botId,
        @Nullable JobCreator createdBy,
        @Nullable UUID parentId,
        @Nullable String trace) {

    public static final JobDescription NONE = new JobDescription(null, null, null, null);

    public JobDescription {
        if (botId != null) {
            JobLimits.requireBotId(botId);
        }
        JobLimits.requireText(1, trace, JobLimits.MAX_ID_LENGTH, "trace");
    }
}
