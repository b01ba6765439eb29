package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.job.JobStage.Status;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobreporter.JobContext.StageContext;
import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns what the caller left into the event of the topic. */
final class EventEncoder {

    private final String source;
    private final String incarnation;
    private final JobEventCodec codec = new JobEventCodec();

    EventEncoder(String source, String incarnation) {
        this.source = source;
        this.incarnation = incarnation;
    }

    /** Throws {@link IllegalArgumentException} for a value that no event may have, such as a wrong bot id. */
    EncodedEvent encode(PendingEvent pending) {
        JobEvent event = event(pending);
        byte[] json = codec.encode(event);
        if (json.length > JobLimits.MAX_EVENT_BYTES) {
            throw new IllegalArgumentException(
                    "Expected an event of at most " + JobLimits.MAX_EVENT_BYTES + " bytes, got " + json.length);
        }
        return new EncodedEvent(event.jobId(), event.type(), json);
    }

    private JobEvent event(PendingEvent pending) {
        JobContext job = pending.job;
        return new JobEvent(
                job.id(),
                pending.type,
                toMicros(pending.at),
                new JobEventOrigin(source, incarnation, pending.seq, Reporter.EXECUTOR),
                new JobDescription(
                        job.botId(),
                        job.createdBy(),
                        job.links().parentId(),
                        StorableText.cleanOrNull(job.links().trace())),
                new JobAttempt(
                        job.attempt(),
                        job.acceptedAt() == null ? null : toMicros(job.acceptedAt()),
                        toMicros(job.startedAt()),
                        job.leaseMillis(),
                        TimeUnit.NANOSECONDS.toMillis(Math.max(0, pending.elapsedNanos))),
                details(pending));
    }

    private static JobEventDetails details(PendingEvent pending) {
        JobEventType type = pending.type;
        JobError error = error(pending.payload);
        String json = json(pending.payload);
        return new JobEventDetails(
                pending.stage == null ? null : stage(pending, pending.stage, json, error),
                List.of(),
                type == JobEventType.STARTED ? json : null,
                type == JobEventType.SUCCEEDED ? json : null,
                type == JobEventType.PROGRESS ? json : null,
                pending.stage == null ? error : null,
                null);
    }

    private static JobStage stage(
            PendingEvent pending, StageContext stage, @Nullable String meta, @Nullable JobError error) {
        return new JobStage(
                stage.no(),
                JobLimits.truncate(StorableText.clean(stage.name()), JobLimits.MAX_NAME_LENGTH),
                Status.RUNNING,
                toMicros(stage.startedAt()),
                pending.type.isStageEnd() ? TimeUnit.NANOSECONDS.toMillis(Math.max(0, pending.stageNanos)) : null,
                meta,
                error);
    }

    private static @Nullable String json(@Nullable Object payload) {
        if (payload instanceof JsonObjectText text) {
            return text.json();
        }
        return payload instanceof Map<?, ?> map ? PayloadEncoder.encode(map) : null;
    }

    private static @Nullable JobError error(@Nullable Object payload) {
        if (payload instanceof Throwable cause) {
            return new JobError(
                    cause.getClass().getName(),
                    StorableText.cleanOrNull(message(cause)),
                    StorableText.cleanOrNull(stackTrace(cause)));
        }
        if (payload instanceof JobError error) {
            return error;
        }
        return null;
    }

    /** Exceptions of others may fail when they are read. */
    private static @Nullable String message(Throwable cause) {
        try {
            return cause.getMessage();
        } catch (RuntimeException e) {
            return "Cannot read the message: " + e.getClass().getName();
        }
    }

    private static @Nullable String stackTrace(Throwable cause) {
        try {
            StringWriter text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The resolution of the database. */
    private static Instant toMicros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
