package io.gonkapulse.contracts.job;

import org.jspecify.annotations.Nullable;

/** Why a job or a stage failed. Long texts are cut off. */
public record JobError(
        @Nullable String name,
        @Nullable String message,
        @Nullable String stack) {

    public JobError {
        name = limit(name, JobLimits.MAX_NAME_LENGTH, "error.name");
        message = limit(message, JobLimits.MAX_STACK_LENGTH, "error.message");
        stack = limit(stack, JobLimits.MAX_STACK_LENGTH, "error.stack");
    }

    private static @Nullable String limit(@Nullable String text, int maxLength, String name) {
        if (text == null) {
            return null;
        }
        JobLimits.requireStorable(text, name);
        return JobLimits.truncate(text, maxLength);
    }
}
