package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.jobreporter.JobContext.StageContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A job whose events go to the buffer. */
final class BufferedJob implements ReportedJob {

    private static final JobError ABANDONED = new JobError(
            "Abandoned",
            "Expected an outcome before the job was closed, got none: it left its code unexpectedly",
            null);

    private final JobContext context;
    private final ReportPipeline pipeline;
    private final long startNanos;
    private final long heartbeatNanos;
    private long lastEventNanos;
    private int stages;
    private @Nullable StageContext stage;
    private boolean ended;

    private BufferedJob(JobContext context, ReportPipeline pipeline) {
        this.context = context;
        this.pipeline = pipeline;
        this.startNanos = pipeline.nanoTime();
        this.lastEventNanos = startNanos;
        this.heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(context.leaseMillis()) / 3;
    }

    static BufferedJob start(JobContext context, ReportPipeline pipeline, @Nullable Object meta) {
        BufferedJob job = new BufferedJob(context, pipeline);
        job.add(JobEventType.STARTED, null, job.startNanos, meta);
        pipeline.heartbeats().add(job);
        return job;
    }

    @Override
    public UUID id() {
        return context.id();
    }

    /** Stages above the limit are not reported; the job is. */
    @Override
    public synchronized void stage(String name, Map<String, ?> meta) {
        if (ended) {
            return;
        }
        long now = pipeline.nanoTime();
        endStage(JobEventType.STAGE_SUCCEEDED, now, null);
        if (stages < JobLimits.MAX_STAGES) {
            stages++;
            stage = new StageContext(stages, name, pipeline.now(), now);
            add(JobEventType.STAGE_STARTED, stage, now, copy(meta));
        }
    }

    @Override
    public synchronized void progress(Map<String, ?> progress) {
        if (!ended) {
            add(JobEventType.PROGRESS, null, pipeline.nanoTime(), copy(progress));
        }
    }

    @Override
    public void succeed(Map<String, ?> result) {
        end(JobEventType.SUCCEEDED, copy(result));
    }

    @Override
    public void fail(Throwable cause) {
        end(JobEventType.FAILED, cause);
    }

    @Override
    public void fail(String errorName, @Nullable String message, @Nullable String details) {
        end(JobEventType.FAILED, error(errorName, message, details));
    }

    @Override
    public void cancel(@Nullable String reason) {
        end(JobEventType.CANCELED, error("Canceled", reason, null));
    }

    @Override
    public void close() {
        end(JobEventType.FAILED, ABANDONED);
    }

    private static JobError error(String name, @Nullable String message, @Nullable String details) {
        return new JobError(
                StorableText.clean(name), StorableText.cleanOrNull(message), StorableText.cleanOrNull(details));
    }

    private synchronized void end(JobEventType outcome, @Nullable Object payload) {
        if (ended) {
            return;
        }
        ended = true;
        pipeline.heartbeats().remove(this);
        long now = pipeline.nanoTime();
        if (outcome != JobEventType.CANCELED) {
            // The stage of a canceled job neither succeeded nor failed; it ends with the job.
            boolean isSuccess = outcome == JobEventType.SUCCEEDED;
            endStage(
                    isSuccess ? JobEventType.STAGE_SUCCEEDED : JobEventType.STAGE_FAILED,
                    now,
                    isSuccess ? null : payload);
        }
        add(outcome, null, now, payload);
    }

    private void endStage(JobEventType type, long now, @Nullable Object error) {
        if (stage != null) {
            add(type, stage, now, error);
            stage = null;
        }
    }

    /** Other events extend the lease, too. */
    synchronized void reportHeartbeatIfDue() {
        long now = pipeline.nanoTime();
        if (!ended && now - lastEventNanos >= heartbeatNanos) {
            add(JobEventType.HEARTBEAT, null, now, null);
        }
    }

    private void add(JobEventType type, @Nullable StageContext ofStage, long now, @Nullable Object payload) {
        lastEventNanos = now;
        pipeline.add(new PendingEvent(
                context,
                type,
                pipeline.now(),
                now - startNanos,
                ofStage,
                ofStage == null ? 0 : now - ofStage.startNanos(),
                payload));
    }

    /** The caller may change its map after the call. */
    static @Nullable Map<String, ?> copy(Map<String, ?> map) {
        try {
            return map.isEmpty() ? null : new LinkedHashMap<>(map);
        } catch (RuntimeException e) {
            return Map.of(
                    "reportingError", "Cannot read the values: " + e.getClass().getName());
        }
    }
}
