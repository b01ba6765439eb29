package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log lines of the original bot platform. It counts no stages and cancels only jobs that wait; a canceled job
 * is a failed one there, with an error of a certain name.
 */
public final class BotEventParser implements JobEventParser {

    /** The limit of one line. */
    public static final int MAX_LINE_BYTES = JobLimits.MAX_EVENT_BYTES;

    private static final String CANCELED_ERROR = "Canceled";
    private static final String DEFAULT_SOURCE = "bot";

    private final ForeignJsonReader reader = new ForeignJsonReader(
            MAX_LINE_BYTES,
            Set.of(
                    "ts",
                    "type",
                    "service",
                    "pid",
                    "jobId",
                    "bot",
                    "executedBy",
                    "startedAt",
                    "durationMs",
                    "totalMs",
                    "stage",
                    "stagesList",
                    "meta",
                    "result",
                    "error"));

    @Override
    public List<JobEvent> parse(byte[] json) {
        ForeignObject line = reader.read(json);
        return switch (line.text("type", JobLimits.MAX_NAME_LENGTH)) {
            case "job.accepted" -> event(line, JobEventType.ACCEPTED);
            case "job.started" -> event(line, JobEventType.STARTED);
            case "stage.start" -> event(line, JobEventType.STAGE_STARTED);
            case "stage.succeed" -> event(line, JobEventType.STAGE_SUCCEEDED);
            case "stage.fail" -> event(line, JobEventType.STAGE_FAILED);
            case "job.summary" -> event(line, JobEventType.STAGES);
            case "job.succeeded" -> event(line, JobEventType.SUCCEEDED);
            case "job.failed" -> event(line, isCanceled(line) ? JobEventType.CANCELED : JobEventType.FAILED);
            default -> List.of();
        };
    }

    private static boolean isCanceled(ForeignObject line) {
        return line.find("error") instanceof Map<?, ?> error && CANCELED_ERROR.equals(error.get("name"));
    }

    private static List<JobEvent> event(ForeignObject line, JobEventType type) {
        return List.of(EventVerifier.verify(() -> new JobEvent(
                line.uuid("jobId"),
                type,
                line.time("ts"),
                origin(line, type),
                description(line),
                attempt(line, type),
                details(line, type))));
    }

    private static JobEventOrigin origin(ForeignObject line, JobEventType type) {
        String source = line.textOrNull("service", JobLimits.MAX_ID_LENGTH);
        String pid = line.find("pid") instanceof ForeignJsonReader.ForeignNumber number ? number.digits() : null;
        boolean isQueue = type == JobEventType.CANCELED && !hasStarted(line);
        return new JobEventOrigin(
                source == null || source.isEmpty() ? DEFAULT_SOURCE : source,
                pid == null ? null : JobLimits.truncate(pid, JobLimits.MAX_ID_LENGTH),
                null,
                isQueue ? Reporter.QUEUE : Reporter.EXECUTOR);
    }

    private static boolean hasStarted(ForeignObject line) {
        return Stream.of("startedAt", "durationMs", "totalMs").anyMatch(line::has);
    }

    private static JobDescription description(ForeignObject line) {
        String bot = line.textOrNull("bot", JobLimits.MAX_JSON_BYTES);
        ForeignObject creator = line.objectOrNull("executedBy");
        return new JobDescription(
                bot == null || bot.isEmpty() ? null : BotIdFormatter.format(bot),
                creator == null
                        ? null
                        : new JobCreator(
                                creator.textOrNull("name", JobLimits.MAX_NAME_LENGTH),
                                creator.textOrNull("role", JobLimits.MAX_WORD_LENGTH),
                                creator.timeOrNull("at")),
                null,
                null);
    }

    private static JobAttempt attempt(ForeignObject line, JobEventType type) {
        Instant at = line.time("ts");
        Instant startedAt = line.timeOrNull("startedAt");
        return new JobAttempt(
                1,
                type == JobEventType.ACCEPTED ? at : null,
                startedAt == null && type == JobEventType.STARTED ? at : startedAt,
                null,
                // For a stage it is the stage's own.
                type.isStage() ? null : line.millisOrNull("totalMs"));
    }

    private static JobEventDetails details(ForeignObject line, JobEventType type) {
        return new JobEventDetails(
                type.isStage() ? stage(line, type) : null,
                type == JobEventType.STAGES ? stages(line) : List.of(),
                // The meta of a stage is not that of its job.
                type.isStage() ? null : ForeignJsonWriter.toObject(line.find("meta")),
                // In a summary it is a word.
                type == JobEventType.SUCCEEDED ? ForeignJsonWriter.toObject(line.find("result")) : null,
                null,
                type.isStage() ? null : error(line),
                null);
    }

    private static JobStage stage(ForeignObject line, JobEventType type) {
        Instant at = line.time("ts");
        Long duration = type.isStageEnd() ? line.millisOrNull("durationMs") : null;
        return new JobStage(
                null,
                line.text("stage", JobLimits.MAX_NAME_LENGTH),
                Status.RUNNING,
                startedAt(at, duration, type),
                duration,
                ForeignJsonWriter.toObject(line.find("meta")),
                error(line));
    }

    private static @Nullable Instant startedAt(Instant at, @Nullable Long duration, JobEventType type) {
        if (type == JobEventType.STAGE_STARTED) {
            return at;
        }
        return duration == null ? null : at.minusMillis(Math.min(duration, JobLimits.MAX_DURATION.toMillis()));
    }

    private static List<JobStage> stages(ForeignObject line) {
        List<JobStage> stages = new ArrayList<>();
        for (ForeignObject stage : line.objects("stagesList")) {
            try {
                stages.add(listedStage(stage, stages.size() + 1));
            } catch (IllegalArgumentException e) {
                throw line.badField("stagesList[" + stages.size() + "]", e);
            }
        }
        return stages;
    }

    private static JobStage listedStage(ForeignObject stage, int no) {
        Instant startedAt = stage.timeOrNull("startedAt");
        Instant endedAt = stage.timeOrNull("endedAt");
        Long duration = stage.millisOrNull("durationMs");
        if (duration == null && startedAt != null && endedAt != null) {
            duration = Math.max(0, Duration.between(startedAt, endedAt).toMillis());
        }
        return new JobStage(
                no,
                stage.text("name", JobLimits.MAX_NAME_LENGTH),
                status(stage),
                startedAt,
                duration,
                ForeignJsonWriter.toObject(stage.find("meta")),
                error(stage));
    }

    private static Status status(ForeignObject stage) {
        String status = stage.textOrNull("status", JobLimits.MAX_WORD_LENGTH);
        return switch (status == null ? "" : status) {
            case "succeed" -> Status.SUCCEED;
            case "fail" -> Status.FAIL;
            case "start", "" -> Status.RUNNING;
            default -> throw stage.badField("status", "start, succeed or fail", '"' + status + '"');
        };
    }

    /** Of an object or of the message alone. */
    private static @Nullable JobError error(ForeignObject object) {
        if (object.find("error") instanceof String message) {
            return new JobError(null, JobLimits.truncate(message, JobLimits.MAX_STACK_LENGTH), null);
        }
        ForeignObject error = object.objectOrNull("error");
        return error == null
                ? null
                : new JobError(
                        error.textOrNull("name", JobLimits.MAX_NAME_LENGTH),
                        error.textOrNull("message", JobLimits.MAX_STACK_LENGTH),
                        error.textOrNull("stack", JobLimits.MAX_STACK_LENGTH));
    }
}
