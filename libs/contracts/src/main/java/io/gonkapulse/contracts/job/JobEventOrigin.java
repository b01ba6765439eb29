package io.gonkapulse.contracts.job;

import org.jspecify.annotations.Nullable;

/**
 * Who reports an event.
 *
 * @param source the program or host
 * @param incarnation one run of the source
 * @param seq the number of the event within the incarnation
 * @param by the part that decided
 */
public record JobEventOrigin(
        String source,
        @Nullable String incarnation,
        @Nullable Long seq,
        Reporter by) {

    public JobEventOrigin {
        JobLimits.requireText(1, source, JobLimits.MAX_ID_LENGTH, "source");
        JobLimits.requireText(0, incarnation, JobLimits.MAX_ID_LENGTH, "incarnation");
    }

    /** Whose word counts more comes first. */
    public enum Reporter {
        /** Runs the job. */
        EXECUTOR,
        /** Holds the job before it runs. */
        QUEUE
    }
}
