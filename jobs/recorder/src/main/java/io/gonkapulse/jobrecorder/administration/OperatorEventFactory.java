package io.gonkapulse.jobrecorder.administration;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import java.time.Instant;
import java.util.UUID;

/** Events that an operator publishes. */
final class OperatorEventFactory {

    private static final JobEventOrigin ORIGIN = new JobEventOrigin("job-recorder", null, null, Reporter.EXECUTOR);

    private OperatorEventFactory() {}

    static JobEvent purged(UUID jobId, Instant now) {
        return new JobEvent(
                jobId, JobEventType.PURGED, now, ORIGIN, JobDescription.NONE, JobAttempt.FIRST, JobEventDetails.NONE);
    }

    static JobEvent cancelRequested(UUID jobId, int attempt, String operator, Instant now) {
        return new JobEvent(
                jobId,
                JobEventType.CANCEL_REQUESTED,
                now,
                ORIGIN,
                new JobDescription(null, new JobCreator(operator, "operator", now), null, null),
                new JobAttempt(attempt, null, null, null, null),
                JobEventDetails.NONE);
    }
}
