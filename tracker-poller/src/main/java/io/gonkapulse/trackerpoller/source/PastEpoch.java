package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An epoch that is over.
 *
 * @param members who was in its set, also those who have left since
 * @param observedAt the moment as of which it is told: the version of what follows from it
 * @param height the block of that moment
 * @param settled the block that paid it; empty before that
 * @param forfeited the block at which rewards that nobody had claimed were lost; empty before that
 */
public record PastEpoch(
        long epoch,
        Set<NodeIdentifier> members,
        Instant observedAt,
        @Nullable Long height,
        Optional<Block> settled,
        Optional<Block> forfeited) {

    /**
     * A block.
     *
     * @param height null where the time is worked out from other blocks
     */
    public record Block(@Nullable Long height, Instant time) {}
}
