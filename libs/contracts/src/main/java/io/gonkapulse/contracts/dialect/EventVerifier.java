package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ensures that the consumers of the topic accept a translated event. */
final class EventVerifier {

    private static final JobEventCodec CODEC = new JobEventCodec();

    private EventVerifier() {}

    /** The event as the consumers will read it. */
    static JobEvent verify(Supplier<JobEvent> translation) {
        try {
            JobEvent event = translation.get();
            byte[] json = CODEC.encode(event);
            return CODEC.decode(
                    json.length > JobLimits.MAX_EVENT_BYTES ? CODEC.encode(withoutStageDetails(event)) : json);
        } catch (IllegalArgumentException e) {
            throw new UndecodableMessageException(Reason.BAD_FIELD, String.valueOf(e.getMessage()), e);
        }
    }

    /** Times and outcomes of many stages matter more than what each is about; the position is the number. */
    private static JobEvent withoutStageDetails(JobEvent event) {
        JobEventDetails details = event.details();
        List<JobStage> stages =
                details.stages().stream().map(EventVerifier::withoutDetails).toList();
        return new JobEvent(
                event.jobId(),
                event.type(),
                event.at(),
                event.origin(),
                event.description(),
                event.attempt(),
                new JobEventDetails(
                        details.stage(),
                        stages,
                        details.meta(),
                        details.result(),
                        details.progress(),
                        details.error(),
                        details.leaseUntil()));
    }

    private static JobStage withoutDetails(JobStage stage) {
        return new JobStage(
                null,
                stage.name(),
                stage.status(),
                stage.startedAt(),
                stage.durationMillis(),
                null,
                withoutStack(stage.error()));
    }

    private static @Nullable JobError withoutStack(@Nullable JobError error) {
        return error == null ? null : new JobError(error.name(), null, null);
    }
}
