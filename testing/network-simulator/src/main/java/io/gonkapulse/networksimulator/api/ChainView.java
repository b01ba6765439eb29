package io.gonkapulse.networksimulator.api;

import java.time.Instant;

/**
 * The epoch, height and time that a response is about.
 *
 * @param epoch the epoch that the response names
 * @param height the height at which all values are true
 * @param blockTime the time of that height's block
 * @param cachedAt the time at which the response was assembled, as it states itself
 * @param newestHeight the newest block when the assembly ended; above {@code height} if that took longer than a
 * block
 */
public record ChainView(long epoch, long height, Instant blockTime, Instant cachedAt, long newestHeight) {

    public ChainView atHeight(long otherHeight, Instant otherBlockTime) {
        return new ChainView(epoch, otherHeight, otherBlockTime, cachedAt, newestHeight);
    }
}
