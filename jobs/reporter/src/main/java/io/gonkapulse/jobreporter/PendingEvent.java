package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobreporter.JobContext.StageContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that waits. It is small, because the caller creates it; the sender's thread does the rest. */
final class PendingEvent {

    /** When the buffer is full, those further up are dropped first. */
    enum Importance {
        REPEATED,
        SINGLE,
        OUTCOME;

        static Importance of(JobEventType type) {
            if (type == JobEventType.HEARTBEAT || type == JobEventType.PROGRESS) {
                return REPEATED;
            }
            return type.isOutcome() ? OUTCOME : SINGLE;
        }
    }

    final JobContext job;
    final JobEventType type;
    final Instant at;
    final long elapsedNanos;
    final @Nullable StageContext stage;
    final long stageNanos;
    final @Nullable Object payload;

    /** Set by the buffer, whose order it is. */
    long seq;

    /**
     * @param stage of an event of a stage
     * @param stageNanos how long the stage took, if it ended
     * @param payload a map, a {@link JsonObjectText}, a {@link Throwable} or a {@link io.gonkapulse.contracts.job.JobError}
     */
    PendingEvent(
            JobContext job,
            JobEventType type,
            Instant at,
            long elapsedNanos,
            @Nullable StageContext stage,
            long stageNanos,
            @Nullable Object payload) {
        this.job = job;
        this.type = type;
        this.at = at;
        this.elapsedNanos = elapsedNanos;
        this.stage = stage;
        this.stageNanos = stageNanos;
        this.payload = payload;
    }
}
