package io.gonkapulse.earningsaggregator.rebuild;

/**
 * What became of the records of the topic.
 *
 * @param refused records that the live consumer refuses as well
 * @param outOfBounds those of them that a bound of {@link io.gonkapulse.contracts.MessageLimits} refuses
 */
public record ReplayCounts(long read, long refused, long outOfBounds) {}
