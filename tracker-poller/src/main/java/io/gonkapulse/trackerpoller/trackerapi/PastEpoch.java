package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An epoch that has ended.
 *
 * @param members the members of its set, including those that left since
 * @param observedAt the time of the reported data; the version of the settlements
 * @param height the block of that time
 * @param settled the block that paid the epoch; empty before
 * @param forfeited the block at which unclaimed rewards were lost; empty before
 * @param counters the final counters of the nodes for which the same response has them
 */
public record PastEpoch(
        long epoch,
        Set<NodeIdentifier> members,
        Instant observedAt,
        @Nullable Long height,
        Optional<SettlementBlock> settled,
        Optional<SettlementBlock> forfeited,
        Map<NodeIdentifier, NodeCounters> counters) {

    /** For a response without counters. */
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
     * The block of a settlement.
     *
     * @param height null when the time is estimated from other blocks
     */
    public record SettlementBlock(@Nullable Long height, Instant time) {}
}
