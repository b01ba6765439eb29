package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Instant;
import java.util.Map;
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
 * @param counters the final ones of those nodes of which the same answer tells them
 */
public record PastEpoch(
        long epoch,
        Set<NodeIdentifier> members,
        Instant observedAt,
        @Nullable Long height,
        Optional<SettlementBlock> settled,
        Optional<SettlementBlock> forfeited,
        Map<NodeIdentifier, NodeCounters> counters) {

    /** An epoch whose answer tells no counters. */
    public PastEpoch(
            long epoch,
            Set<NodeIdentifier> members,
            Instant observedAt,
            @Nullable Long height,
            Optional<SettlementBlock> settled,
            Optional<SettlementBlock> forfeited) {
        this(epoch, members, observedAt, height, settled, forfeited, Map.of());
    }

    /**
     * A block.
     *
     * @param height null where the time is worked out from other blocks
     */
    public record SettlementBlock(@Nullable Long height, Instant time) {}
}
