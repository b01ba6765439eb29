package io.gonkapulse.contracts.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happened to a job. */
public enum JobEventType {
    ACCEPTED,
    STARTED,
    /** Only extends the lease. */
    HEARTBEAT,
    PROGRESS,
    /** The complete list of the stages; it replaces single events of stages without a number. */
    STAGES,
    STAGE_STARTED,
    STAGE_SUCCEEDED,
    STAGE_FAILED,
    /** A wish. Only the executor, or the queue before the start, reports {@link #CANCELED}. */
    CANCEL_REQUESTED,
    CANCELED,
    SUCCEEDED,
    FAILED,
    /** The recorder saw no sign of life until the end of the lease. A later event of the job revokes it. */
    LOST,
    /** An operator deleted the job; it never returns. */
    PURGED,
    /** Not about a job: moves the time of a silent partition. */
    TICK;

    private static final Map<String, JobEventType> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JobEventType::word, Function.identity()));

    /** The JSON word, for example {@code stage.started}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public static JobEventType ofWord(String word) {
        JobEventType type = BY_WORD.get(word);
        if (type == null) {
            throw new IllegalArgumentException(
                    "Expected an event of " + words() + ", got \"" + JobLimits.quote(word) + '"');
        }
        return type;
    }

    /** Whether the event is about one stage. */
    public boolean isStage() {
        return this == STAGE_STARTED || isStageEnd();
    }

    public boolean isStageEnd() {
        return this == STAGE_SUCCEEDED || this == STAGE_FAILED;
    }

    /** Whether the executor ended the job. */
    public boolean isOutcome() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }

    /** Whether the job's attempt runs when the event is reported. */
    public boolean impliesRunning() {
        return this == STARTED || this == HEARTBEAT || this == PROGRESS || this == STAGES || isStage();
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(JobEventType::word).toList();
    }
}
