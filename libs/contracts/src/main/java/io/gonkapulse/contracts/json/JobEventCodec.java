package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.JobEventField.*;

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
import io.gonkapulse.contracts.json.JobEventField.CreatorField;
import io.gonkapulse.contracts.json.JobEventField.ErrorField;
import io.gonkapulse.contracts.json.JobEventField.StageField;
import io.gonkapulse.contracts.json.JsonFieldReader.ParsedFieldValues;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;

/** Encodes and decodes the events of jobs. */
public final class JobEventCodec implements MessageCodec<JobEvent> {

    /** Producers of jobs are strangers, whose clocks may be further ahead than those of the pollers. */
    static final Duration MAX_AHEAD = Duration.ofMinutes(10);

    static final Duration MAX_BEHIND = Duration.ofDays(400);

    private static final int TIME_ORDERED_VERSION = 7;

    private final JsonFactory factory = new JsonFactory();
    private final JsonFieldReader reader = new JsonFieldReader(factory, JobEventField.values());

    @Override
    public byte[] encode(JobEvent event) {
        JobEventOrigin origin = event.origin();
        JobDescription description = event.description();
        JobAttempt attempt = event.attempt();
        JobEventDetails details = event.details();
        return JsonFieldWriter.write(factory, json -> {
            json.version(VERSION)
                    .text(JOB_ID, event.jobId())
                    .text(EVENT, event.type().word())
                    .instant(AT, event.at())
                    .integer(SEQ, origin.seq())
                    .text(SOURCE, origin.source())
                    .text(INCARNATION, origin.incarnation());
            if (origin.by() != Reporter.EXECUTOR) {
                json.enumValue(BY, origin.by());
            }
            json.text(BOT_ID, description.botId())
                    .instant(ACCEPTED_AT, attempt.acceptedAt())
                    .instant(STARTED_AT, attempt.startedAt())
                    .integer(ATTEMPT, attempt.number())
                    .integer(LEASE, attempt.leaseMillis())
                    .integer(ELAPSED, attempt.elapsedMillis())
                    .object(STAGE, details.stage(), JobEventCodec::write);
            if (event.type() == JobEventType.STAGES || !details.stages().isEmpty()) {
                json.objects(STAGES, details.stages(), JobEventCodec::write);
            }
            json.object(CREATED_BY, description.createdBy(), JobEventCodec::write)
                    .text(PARENT_ID, description.parentId())
                    .text(TRACE, description.trace())
                    .json(META, details.meta())
                    .json(RESULT, details.result())
                    .json(PROGRESS, details.progress())
                    .object(ERROR, details.error(), JobEventCodec::write)
                    .instant(LEASE_UNTIL, details.leaseUntil());
        });
    }

    private static void write(JsonFieldWriter json, JobStage stage) {
        json.integer(StageField.NO, stage.no() == null ? null : stage.no().longValue())
                .text(StageField.NAME, stage.name());
        if (stage.status() != Status.RUNNING) {
            json.enumValue(StageField.STATUS, stage.status());
        }
        json.instant(StageField.STARTED_AT, stage.startedAt())
                .integer(StageField.DURATION, stage.durationMillis())
                .json(StageField.META, stage.meta())
                .object(StageField.ERROR, stage.error(), JobEventCodec::write);
    }

    private static void write(JsonFieldWriter json, JobCreator creator) {
        json.text(CreatorField.NAME, creator.name())
                .text(CreatorField.ROLE, creator.role())
                .instant(CreatorField.AT, creator.at());
    }

    private static void write(JsonFieldWriter json, JobError error) {
        json.text(ErrorField.NAME, error.name())
                .text(ErrorField.MESSAGE, error.message())
                .text(ErrorField.STACK, error.stack());
    }

    @Override
    public JobEvent decode(byte[] json) {
        if (json.length > JobLimits.MAX_EVENT_BYTES) {
            throw new UndecodableMessageException(
                    Reason.OUT_OF_BOUNDS,
                    "Expected an event of at most " + JobLimits.MAX_EVENT_BYTES + " bytes, got " + json.length,
                    null);
        }
        ParsedFieldValues values = reader.read(json);
        return UndecodableMessageException.translate(() -> event(values));
    }

    /**
     * Decodes a record of the topic and refuses times that are far from the record's own timestamp.
     *
     * @param timestamp at which the broker appended the record, in milliseconds since 1970
     */
    public JobEvent decode(byte[] json, long timestamp) {
        JobEvent event = decode(json);
        requireNear(AT, event.at(), timestamp);
        requireNear(ACCEPTED_AT, event.attempt().acceptedAt(), timestamp);
        requireNear(STARTED_AT, event.attempt().startedAt(), timestamp);
        requireStorable(LEASE_UNTIL, event.details().leaseUntil());
        JobCreator creator = event.description().createdBy();
        requireStorable(CreatorField.AT, creator == null ? null : creator.at());
        if (event.details().stage() != null) {
            requireNear(StageField.STARTED_AT, event.details().stage().startedAt(), timestamp);
        }
        for (JobStage stage : event.details().stages()) {
            requireNear(StageField.STARTED_AT, stage.startedAt(), timestamp);
        }
        requireNotAhead(JOB_ID, idTime(event.jobId()), timestamp);
        return event;
    }

    /** The time in an id of version 7, null for other ids. */
    public static @Nullable Instant idTime(UUID id) {
        return id.version() == TIME_ORDERED_VERSION ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16) : null;
    }

    private static void requireNear(MessageField field, @Nullable Instant time, long timestamp) {
        requireNotAhead(field, time, timestamp);
        if (time != null && time.toEpochMilli() < timestamp - MAX_BEHIND.toMillis()) {
            throw new UndecodableMessageException(
                    Reason.OUT_OF_BOUNDS,
                    "Field " + field.jsonName() + ": expected a time of the last " + MAX_BEHIND.toDays() + " days, got "
                            + time,
                    null);
        }
    }

    /** PostgreSQL reads no time of the year 0. */
    private static void requireStorable(MessageField field, @Nullable Instant time) {
        if (time != null && time.isBefore(Instant.EPOCH)) {
            throw new UndecodableMessageException(
                    Reason.OUT_OF_BOUNDS,
                    "Field " + field.jsonName() + ": expected a time from 1970 on, got " + time,
                    null);
        }
    }

    private static void requireNotAhead(MessageField field, @Nullable Instant time, long timestamp) {
        if (time != null && time.toEpochMilli() > timestamp + MAX_AHEAD.toMillis()) {
            throw new UndecodableMessageException(
                    Reason.TIME_AHEAD,
                    "Field " + field.jsonName() + ": expected a time at most " + MAX_AHEAD.toMinutes()
                            + " minutes after the record's own, got " + time,
                    null);
        }
    }

    private static JobEvent event(ParsedFieldValues values) {
        JobEventType type = JobEventType.ofWord(values.text(EVENT));
        return new JobEvent(
                values.uuid(JOB_ID),
                type,
                values.instant(AT),
                new JobEventOrigin(
                        values.text(SOURCE),
                        values.textOrNull(INCARNATION),
                        values.integerOrNull(SEQ),
                        values.has(BY) ? values.enumValue(BY, Reporter.class) : Reporter.EXECUTOR),
                new JobDescription(
                        values.textOrNull(BOT_ID),
                        values.has(CREATED_BY) ? creator(values.object(CREATED_BY)) : null,
                        values.has(PARENT_ID) ? values.uuid(PARENT_ID) : null,
                        values.textOrNull(TRACE)),
                new JobAttempt(
                        values.has(ATTEMPT) ? toInt(values.integer(ATTEMPT)) : 1,
                        values.instantOrNull(ACCEPTED_AT),
                        values.instantOrNull(STARTED_AT),
                        values.integerOrNull(LEASE),
                        values.integerOrNull(ELAPSED)),
                new JobEventDetails(
                        values.has(STAGE) ? stage(values.object(STAGE)) : null,
                        type == JobEventType.STAGES || values.has(STAGES) ? stages(values) : List.of(),
                        json(values, META),
                        json(values, RESULT),
                        json(values, PROGRESS),
                        values.has(ERROR) ? error(values.object(ERROR)) : null,
                        values.instantOrNull(LEASE_UNTIL)));
    }

    private static List<JobStage> stages(ParsedFieldValues values) {
        if (!values.has(STAGES)) {
            throw UndecodableMessageException.missingField(STAGES);
        }
        List<JobStage> stages = new ArrayList<>();
        for (ParsedFieldValues stage : values.objects(STAGES)) {
            stages.add(stage(stage));
        }
        return stages;
    }

    private static JobStage stage(ParsedFieldValues values) {
        return new JobStage(
                values.has(StageField.NO) ? (Integer) toInt(values.integer(StageField.NO)) : null,
                values.text(StageField.NAME),
                values.has(StageField.STATUS) ? values.enumValue(StageField.STATUS, Status.class) : Status.RUNNING,
                values.instantOrNull(StageField.STARTED_AT),
                values.integerOrNull(StageField.DURATION),
                json(values, StageField.META),
                values.has(StageField.ERROR) ? error(values.object(StageField.ERROR)) : null);
    }

    private static JobCreator creator(ParsedFieldValues values) {
        return new JobCreator(
                values.textOrNull(CreatorField.NAME),
                values.textOrNull(CreatorField.ROLE),
                values.instantOrNull(CreatorField.AT));
    }

    private static JobError error(ParsedFieldValues values) {
        return new JobError(
                values.textOrNull(ErrorField.NAME),
                values.textOrNull(ErrorField.MESSAGE),
                values.textOrNull(ErrorField.STACK));
    }

    private static @Nullable String json(ParsedFieldValues values, MessageField field) {
        return values.has(field) ? JobLimits.limitJson(values.text(field)) : null;
    }

    /** Large numbers become one that every limit refuses. */
    private static int toInt(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
