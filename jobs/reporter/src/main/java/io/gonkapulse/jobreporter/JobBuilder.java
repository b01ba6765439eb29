package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Describes a job before its start. A value that no event may have is found when the event is sent, and counted. */
public final class JobBuilder {

    private final JobReporter reporter;
    private final String botId;
    private @Nullable UUID id;
    private @Nullable JobCreator createdBy;
    private @Nullable UUID parentId;
    private @Nullable String trace;
    private int attempt = 1;
    private @Nullable Instant acceptedAt;
    private @Nullable Duration lease;
    /** A map or a {@link JsonObjectText}. */
    private @Nullable Object meta;

    JobBuilder(JobReporter reporter, String botId) {
        this.reporter = reporter;
        this.botId = botId;
    }

    /** By default a new UUID of version 7. A retry reports the id of the job and the next {@link #attempt}. */
    public JobBuilder id(@Nullable UUID value) {
        id = value;
        return this;
    }

    public JobBuilder createdBy(@Nullable JobCreator value) {
        createdBy = value;
        return this;
    }

    /** The job that started this one. */
    public JobBuilder parent(@Nullable UUID value) {
        parentId = value;
        return this;
    }

    /** The W3C header {@code traceparent}. */
    public JobBuilder trace(@Nullable String value) {
        trace = value;
        return this;
    }

    /** From 1 on. */
    public JobBuilder attempt(int value) {
        attempt = value;
        return this;
    }

    /** When the job was asked for, if it waited before its start. */
    public JobBuilder acceptedAt(@Nullable Instant value) {
        acceptedAt = value;
        return this;
    }

    /** How long the job counts as running without a sign of life; 1 second to 7 days. */
    public JobBuilder lease(@Nullable Duration value) {
        lease = value;
        return this;
    }

    /** What the job is about. */
    public JobBuilder meta(Map<String, ?> value) {
        meta = BufferedJob.copy(value);
        return this;
    }

    /** The same as JSON. */
    public JobBuilder meta(@Nullable JsonObjectText value) {
        meta = value;
        return this;
    }

    /** Reports the start. */
    public ReportedJob start() {
        return reporter.start(this);
    }

    @Nullable
    UUID id() {
        return id;
    }

    JobContext context(UUID jobId, Instant startedAt, Duration defaultLease) {
        return new JobContext(
                jobId,
                botId,
                createdBy,
                new JobContext.Links(parentId, trace),
                attempt,
                acceptedAt,
                startedAt,
                toMillis(lease == null ? defaultLease : lease));
    }

    /** Never throws; the limit of events refuses the number. */
    private static long toMillis(Duration time) {
        try {
            return time.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    @Nullable
    Object meta() {
        return meta;
    }
}
