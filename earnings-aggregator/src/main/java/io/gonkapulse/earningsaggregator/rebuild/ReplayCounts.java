package io.gonkapulse.earningsaggregator.rebuild;

/**
 * Counts of the records that a rebuild has read.
 *
 * @param refused records that the live consumer rejects as well
 * @param outOfBounds those of them that exceed a bound of {@link io.gonkapulse.contracts.MessageLimits}
 */
public record ReplayCounts(long read, long refused, long outOfBounds) {}
