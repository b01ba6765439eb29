package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobCreator;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every event of a job repeats. The values are checked when an event is encoded. */
record JobContext(
        UUID id,
        String botId,
        @Nullable JobCreator createdBy,
        Links links,
        int attempt,
        @Nullable Instant acceptedAt,
        Instant startedAt,
        long leaseMillis) {

    /** Where a job belongs. */
    record Links(@Nullable UUID parentId, @Nullable String trace) {}

    /** A stage of the job. */
    record StageContext(int no, String name, Instant startedAt, long startNanos) {}
}
