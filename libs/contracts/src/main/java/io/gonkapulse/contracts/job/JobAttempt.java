package io.gonkapulse.contracts.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that an event belongs to.
 *
 * @param number from 1 on
 * @param acceptedAt when the job was asked for
 * @param startedAt when this attempt started
 * @param leaseMillis how long the attempt counts as running without another event
 * @param elapsedMillis since the start, by the producer's monotonic clock
 */
public record JobAttempt(
        int number,
        @Nullable Instant acceptedAt,
        @Nullable Instant startedAt,
        @Nullable Long leaseMillis,
        @Nullable Long elapsedMillis) {

    public static final JobAttempt FIRST = new JobAttempt(1, null, null, null, null);

    public JobAttempt {
        JobLimits.requireBetween(1, number, JobLimits.MAX_ATTEMPT, "attempt");
        if (leaseMillis != null) {
            JobLimits.requireBetween(
                    JobLimits.MIN_LEASE.toMillis(), leaseMillis, JobLimits.MAX_LEASE.toMillis(), "leaseMillis");
        }
        JobLimits.requireDuration(elapsedMillis, "elapsedMillis");
    }
}
