package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobStage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Details of events, each with one or two values. */
final class EventDetails {

    private EventDetails() {}

    static JobEventDetails meta(@Nullable String meta) {
        return new JobEventDetails(null, List.of(), meta, null, null, null, null);
    }

    static JobEventDetails progress(String progress, @Nullable String meta) {
        return new JobEventDetails(null, List.of(), meta, null, progress, null, null);
    }

    static JobEventDetails end(@Nullable String result, @Nullable JobError error) {
        return new JobEventDetails(null, List.of(), null, result, null, error, null);
    }

    static JobEventDetails stage(JobStage stage) {
        return new JobEventDetails(stage, List.of(), null, null, null, null, null);
    }

    static JobEventDetails stages(List<JobStage> stages) {
        return new JobEventDetails(null, stages, null, null, null, null, null);
    }

    static JobEventDetails leaseUntil(Instant time) {
        return new JobEventDetails(null, List.of(), null, null, null, null, time);
    }
}
