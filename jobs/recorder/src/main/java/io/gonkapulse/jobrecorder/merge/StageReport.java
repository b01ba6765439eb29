package io.gonkapulse.jobrecorder.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.job.JobStage.Status;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one event says about one stage. */
record StageReport(
        StageId id,
        String botId,
        String name,
        @Nullable Instant startedAt,
        @Nullable StageEnd end,
        @Nullable String meta) {

    /** Numbers above those of counted stages, which only identify. */
    private static final int UNCOUNTED_MASK = (1 << 30) - 1;

    static List<StageReport> of(RecordedEvent recorded) {
        JobEvent event = recorded.event();
        if (event.type() == JobEventType.STAGES) {
            List<StageReport> reports = new ArrayList<>();
            for (JobStage stage : event.details().stages()) {
                int no = stage.no() == null ? reports.size() + 1 : stage.no();
                reports.add(of(recorded, stage, no, stage.startedAt(), stage.status()));
            }
            return reports;
        }
        JobStage stage = event.details().stage();
        if (!event.type().isStage() || stage == null) {
            return List.of();
        }
        Instant startedAt = startOf(event, stage);
        int no = stage.no() == null
                ? uncountedNumber(stage.name(), startedAt == null ? event.at() : startedAt)
                : stage.no();
        return List.of(of(recorded, stage, no, startedAt, statusOf(event.type())));
    }

    private static StageReport of(
            RecordedEvent recorded, JobStage stage, int no, @Nullable Instant startedAt, Status status) {
        JobEvent event = recorded.event();
        String botId = event.description().botId();
        return new StageReport(
                new StageId(event.jobId(), event.attempt().number(), no),
                botId == null ? "" : botId,
                stage.name(),
                startedAt,
                status == Status.RUNNING ? null : endOf(event, stage, startedAt, status),
                stage.meta());
    }

    /** A list has one time, that of the whole event. */
    private static StageEnd endOf(JobEvent event, JobStage stage, @Nullable Instant startedAt, Status status) {
        boolean isListed = event.type() == JobEventType.STAGES;
        Long millis = stage.durationMillis();
        Instant at = isListed && startedAt != null && millis != null ? startedAt.plusMillis(millis) : event.at();
        JobError error = stage.error() == null && !isListed ? event.details().error() : stage.error();
        return new StageEnd(status, at, millis, error);
    }

    private static @Nullable Instant startOf(JobEvent event, JobStage stage) {
        if (stage.startedAt() != null) {
            return stage.startedAt();
        }
        if (event.type() == JobEventType.STAGE_STARTED) {
            return event.at();
        }
        return stage.durationMillis() == null ? null : event.at().minusMillis(stage.durationMillis());
    }

    private static Status statusOf(JobEventType type) {
        return switch (type) {
            case STAGE_SUCCEEDED -> Status.SUCCEED;
            case STAGE_FAILED -> Status.FAIL;
            default -> Status.RUNNING;
        };
    }

    /** The same for the start and the end of a stage, which both know its name and its start. */
    private static int uncountedNumber(String name, Instant startedAt) {
        long millis = startedAt.toEpochMilli();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((name + '\0' + millis).getBytes(UTF_8));
            return JobLimits.MAX_STAGES + 1 + (ByteBuffer.wrap(hash).getInt() & UNCOUNTED_MASK);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** Identifies a stage. Stages of a job are neighbours. */
    record StageId(UUID jobId, int attempt, int no) implements Comparable<StageId> {

        private static final Comparator<StageId> ORDER = Comparator.comparing(StageId::jobId, JobBatch.ID_ORDER)
                .thenComparingInt(StageId::attempt)
                .thenComparingInt(StageId::no);

        @Override
        public int compareTo(StageId other) {
            return ORDER.compare(this, other);
        }
    }

    /** How a stage ended. */
    record StageEnd(
            Status status,
            Instant at,
            @Nullable Long reportedMillis,
            @Nullable JobError error) {}
}
