package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

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

/** Which block paid which epoch. It never changes, so that it is asked for once. */
final class SettlementBlockResolver {

    /** A block that stands so close to the one that is meant tells its time well enough. */
    private static final long MAX_DISTANCE = 2;

    private static final int NOT_FOUND = 404;
    private static final String BLOCK_TIME = "result.block.header.time";
    private static final JsonObjectShape BLOCK = JsonObjectShape.of(BLOCK_TIME);

    private final EpochCache<SettlementBlock> known = new EpochCache<>();

    /** Empty when it was not made yet. */
    Optional<SettlementBlock> resolve(long epoch, NodeChainState chain) {
        Optional<SettlementBlock> block = known.get(epoch);
        if (block.isEmpty()) {
            block = find(epoch, chain);
            block.ifPresent(found -> known.put(epoch, found));
        }
        return block.filter(found -> exists(found.height(), chain));
    }

    private static boolean exists(@Nullable Long block, NodeChainState chain) {
        return block != null && block <= chain.status().height();
    }

    /** The set of the next epoch was made by the block that paid this one. */
    private static Optional<SettlementBlock> find(long epoch, NodeChainState chain) {
        if (chain.isBefore(epoch + 1)) {
            return Optional.empty();
        }
        Optional<ActiveSet> next = nextSet(epoch, chain);
        Long paid = next.map(ActiveSet::createdAt).orElseGet(() -> plannedBlock(epoch, chain));
        if (paid == null && next.isPresent()) {
            throw unknownSettlement(epoch, chain, "neither its set of the next epoch nor its stages tell the block");
        }
        return Optional.ofNullable(paid)
                .filter(block -> exists(block, chain))
                .map(block -> new SettlementBlock(block, blockTime(epoch, block, chain, next)));
    }

    /** Empty while nobody was chosen for it yet, and where the stages tell as much. */
    private static Optional<ActiveSet> nextSet(long epoch, NodeChainState chain) {
        try {
            return Optional.of(ActiveSet.fetch(chain.site(), epoch + 1));
        } catch (TrackerRequestException e) {
            if (plannedBlock(epoch, chain) != null) {
                return Optional.empty();
            }
            if (e.status().orElse(0) != NOT_FOUND) {
                throw e;
            }
            if (chain.isAfter(epoch + 1)) {
                throw unknownSettlement(epoch, chain, "it has forgotten the set of the next epoch");
            }
            return Optional.empty();
        }
    }

    /** As the stages of the next epoch have it, while it is the latest one. */
    private static @Nullable Long plannedBlock(long epoch, NodeChainState chain) {
        LatestEpoch latest = chain.latest();
        return latest != null && latest.epoch() == epoch + 1 ? latest.settlesPrevious() : null;
    }

    private static Instant blockTime(long epoch, long block, NodeChainState chain, Optional<ActiveSet> next) {
        return fetchBlockTime(block, chain)
                .or(() -> next.map(ActiveSet::proof)
                        .filter(proof -> isNear(proof, block))
                        .map(SettlementBlock::time))
                .orElseThrow(() -> unknownSettlement(
                        epoch, chain, "it has forgotten block " + block + " and tells no block close to it"));
    }

    /** What is known to be forgotten is not asked for: the refusal would look like trouble of the site. */
    private static Optional<Instant> fetchBlockTime(long block, NodeChainState chain) {
        if (!chain.status().hasBlock(block)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonBody.fetch(
                    chain.site(),
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

    private static TrackerRequestException unknownSettlement(long epoch, NodeChainState chain, String why) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "Expected " + chain.site().url() + " to tell when epoch " + epoch + " was settled, but " + why
                        + ": ask a node that keeps more blocks");
    }
}
