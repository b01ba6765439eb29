package io.gonkapulse.networksimulator.api;

import java.time.Instant;

/**
 * What an answer is about.
 *
 * @param epoch the epoch that is named in the answer
 * @param height the block as of which everything is said
 * @param blockTime when that block was made
 * @param cachedAt when the answer was put together, as it says itself
 * @param newestHeight the newest block when the answer was complete: later than the height if that took longer than a block
 */
public record ChainView(long epoch, long height, Instant blockTime, Instant cachedAt, long newestHeight) {

    public ChainView atHeight(long otherHeight, Instant otherBlockTime) {
        return new ChainView(epoch, otherHeight, otherBlockTime, cachedAt, newestHeight);
    }
}
