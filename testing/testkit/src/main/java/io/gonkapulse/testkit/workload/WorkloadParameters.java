package io.gonkapulse.testkit.workload;

import java.time.Instant;

/**
 * What a simulated workload is made of. The same parameters give the same records.
 *
 * @param partitions of the topic
 * @param start when the first job is accepted
 */
public record WorkloadParameters(long seed, int jobs, int partitions, Instant start) {}
