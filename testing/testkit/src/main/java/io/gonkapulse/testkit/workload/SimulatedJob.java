package io.gonkapulse.testkit.workload;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What really happened to a simulated job.
 *
 * @param attempts that really started or were queued again
 * @param visibleState the state that must become visible; null if the reports contradict each other or the job was
 *     purged
 */
public record SimulatedJob(
        UUID id,
        String botId,
        RealEnd realEnd,
        int attempts,
        @Nullable ReferenceState visibleState,
        Set<Trait> traits) {

    public SimulatedJob {
        traits = Set.copyOf(traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** How the last attempt really ended. */
    public enum RealEnd {
        STILL_QUEUED,
        STILL_RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        /** Its process ended without a report. */
        KILLED
    }

    /** What is unusual about a job. */
    public enum Trait {
        /** The id is not of version 7. */
        RANDOM_ID,
        /** All events have the necessary fields only. */
        SPARSE,
        /** Its producers' clocks are days behind, as if the events were imported. */
        IMPORTED,
        CLOCK_STEP,
        LATE_EVENT,
        REPEATED_RECORD,
        RETRIED,
        /** An event of an older attempt was appended after events of a newer one. */
        OLD_ATTEMPT_LATE,
        CANCELED_IN_QUEUE,
        CANCELED_WHILE_RUNNING,
        /** The executor refused to cancel. */
        CANCEL_REFUSED,
        CANCEL_AFTER_END,
        /** The recorder reported the newest attempt as lost, and it was. */
        LOST,
        /** The recorder reported an attempt as lost that was cut off only. */
        LOST_REVOKED,
        END_NOT_REPORTED,
        /** Two incarnations of the executor name different ends. */
        EXECUTORS_DISAGREE,
        /** The queue canceled a job that ran. */
        QUEUE_DISAGREES,
        BOTS_DIFFER,
        NUMBERED_STAGES,
        UNCOUNTED_STAGES,
        LISTED_STAGES,
        PURGED_FIRST,
        PURGED_BETWEEN,
        PURGED_LAST
    }
}
