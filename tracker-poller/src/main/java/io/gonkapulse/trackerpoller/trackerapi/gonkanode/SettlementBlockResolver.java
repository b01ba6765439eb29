package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.EpochCache;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the block that paid an epoch. It never changes, so it is cached. Thread-safe. */
final class SettlementBlockResolver {

    /** The time of a block this close is accurate enough. */
    private static final long MAX_DISTANCE = 2;

    private static final int NOT_FOUND = 404;
    private static final String BLOCK_TIME = "result.block.header.time";
    private static final JsonObjectShape BLOCK = JsonObjectShape.of(BLOCK_TIME);

    private final EpochCache<SettlementBlock> known = new EpochCache<>();

    /** Empty before the settlement. */
    Optional<SettlementBlock> resolve(long epoch, NodeChainState chain) {
        Optional<SettlementBlock> block = known.get(epoch);
        if (block.isEmpty()) {
            block = find(epoch, chain);
            block.ifPresent(found -> known.put(epoch, found));
        }
        return block.filter(found -> exists(found.height(), chain));
    }

    /** A planned block can be in the future. */
    private static boolean exists(@Nullable Long block, NodeChainState chain) {
        return block != null && block <= chain.status().height();
    }

    /** The block that created the set of the next epoch also paid this one. */
    private static Optional<SettlementBlock> find(long epoch, NodeChainState chain) {
        if (chain.isBefore(epoch + 1)) {
            return Optional.empty();
        }
        Optional<ActiveSet> next = nextSet(epoch, chain);
        Long paid = next.map(ActiveSet::createdAt).orElseGet(() -> plannedBlock(epoch, chain));
        if (paid == null && next.isPresent()) {
            throw unknownSettlement(epoch, chain, "neither its set of the next epoch nor its stages have the block");
        }
        return Optional.ofNullable(paid)
                .filter(block -> exists(block, chain))
                .map(block -> new SettlementBlock(block, blockTime(epoch, block, chain, next)));
    }

    /** Empty while the next set does not exist, and where the stages are sufficient. */
    private static Optional<ActiveSet> nextSet(long epoch, NodeChainState chain) {
        try {
            return Optional.of(ActiveSet.fetch(chain.client(), epoch + 1));
        } catch (TrackerRequestException e) {
            if (plannedBlock(epoch, chain) != null) {
                return Optional.empty();
            }
            if (e.status().orElse(0) != NOT_FOUND) {
                throw e;
            }
            if (chain.isAfter(epoch + 1)) {
                throw unknownSettlement(epoch, chain, "the set of the next epoch is pruned");
            }
            return Optional.empty();
        }
    }

    /** From the stages of the next epoch, while that is the latest one. */
    private static @Nullable Long plannedBlock(long epoch, NodeChainState chain) {
        LatestEpoch latest = chain.latest();
        return latest != null && latest.epoch() == epoch + 1 ? latest.settlesPrevious() : null;
    }

    private static Instant blockTime(long epoch, long block, NodeChainState chain, Optional<ActiveSet> next) {
        return fetchBlockTime(block, chain)
                .or(() -> next.map(ActiveSet::proof)
                        .filter(proof -> isNear(proof, block))
                        .map(SettlementBlock::time))
                .orElseThrow(() ->
                        unknownSettlement(epoch, chain, "block " + block + " is pruned and no nearby block is known"));
    }

    /** Does not request a pruned block: the refusal would count as a failure of the address. */
    private static Optional<Instant> fetchBlockTime(long block, NodeChainState chain) {
        if (!chain.status().hasBlock(block)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonBody.fetch(
                    chain.client(),
                    TrackerRequest.get("/chain-rpc/block?height=" + block),
                    BLOCK,
                    SettlementBlockResolver::readBlockTime));
        } catch (TrackerRequestException e) {
            if (e.reason() == RequestFailureReason.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Instant readBlockTime(JsonEntry entry) {
        Instant time = entry.time(BLOCK_TIME);
        if (time == null) {
            throw new MalformedValueException("Expected the time of a block as " + BLOCK_TIME + ", got none");
        }
        return time;
    }

    private static boolean isNear(SettlementBlock block, long height) {
        Long other = block.height();
        return other != null && Math.abs(other - height) <= MAX_DISTANCE;
    }

    private static TrackerRequestException unknownSettlement(long epoch, NodeChainState chain, String reason) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "Expected " + chain.client().url() + " to report when epoch " + epoch + " was settled, but " + reason
                        + ": configure a node that prunes fewer blocks");
    }

    /** The position of the chain as one address reports it. */
    record NodeChainState(
            TrackerClient client,
            ChainStatus status,
            @Nullable LatestEpoch latest) {

        static NodeChainState fetch(TrackerClient client) {
            return new NodeChainState(
                    client, ChainStatus.fetch(client), LatestEpoch.fetch(client).orElse(null));
        }

        /** False also when the address does not report it. */
        boolean isBefore(long epoch) {
            return latest != null && latest.epoch() < epoch;
        }

        /** False also when the address does not report it. */
        boolean isAfter(long epoch) {
            return latest != null && latest.epoch() > epoch;
        }
    }
}
