package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.ByEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which block paid which epoch. It never changes, so that it is asked for once. */
final class Settlements {

    /** A block that stands so close to the one that is meant tells its time well enough. */
    private static final long CLOSE = 2;

    private static final int NOT_FOUND = 404;
    private static final String BLOCK_TIME = "result.block.header.time";
    private static final Shape BLOCK = Shape.of(BLOCK_TIME);

    private final ByEpoch<Block> known = new ByEpoch<>();

    /** Empty when it was not made yet. */
    Optional<Block> of(long epoch, Chain chain) {
        Optional<Block> block = known.get(epoch);
        if (block.isEmpty()) {
            block = find(epoch, chain);
            block.ifPresent(found -> known.put(epoch, found));
        }
        return block.filter(found -> isMade(found.height(), chain));
    }

    private static boolean isMade(@Nullable Long block, Chain chain) {
        return block != null && block <= chain.status().height();
    }

    /** The set of the next epoch was made by the block that paid this one. */
    private static Optional<Block> find(long epoch, Chain chain) {
        if (chain.isBefore(epoch + 1)) {
            return Optional.empty();
        }
        Optional<ActiveSet> next = nextSet(epoch, chain);
        Long paid = next.map(ActiveSet::createdAt).orElseGet(() -> planned(epoch, chain));
        if (paid == null && next.isPresent()) {
            throw notKnown(epoch, chain, "neither its set of the next epoch nor its stages tell the block");
        }
        return Optional.ofNullable(paid)
                .filter(block -> isMade(block, chain))
                .map(block -> new Block(block, time(epoch, block, chain, next)));
    }

    /** Empty while nobody was chosen for it yet, and where the stages tell as much. */
    private static Optional<ActiveSet> nextSet(long epoch, Chain chain) {
        try {
            return Optional.of(ActiveSet.ask(chain.site(), epoch + 1));
        } catch (SiteException e) {
            if (planned(epoch, chain) != null) {
                return Optional.empty();
            }
            if (e.status().orElse(0) != NOT_FOUND) {
                throw e;
            }
            if (chain.isAfter(epoch + 1)) {
                throw notKnown(epoch, chain, "it has forgotten the set of the next epoch");
            }
            return Optional.empty();
        }
    }

    /** As the stages of the next epoch have it, while it is the latest one. */
    private static @Nullable Long planned(long epoch, Chain chain) {
        LatestEpoch latest = chain.latest();
        return latest != null && latest.epoch() == epoch + 1 ? latest.settlesPrevious() : null;
    }

    private static Instant time(long epoch, long block, Chain chain, Optional<ActiveSet> next) {
        return told(block, chain)
                .or(() -> next.map(ActiveSet::proof)
                        .filter(proof -> isClose(proof, block))
                        .map(Block::time))
                .orElseThrow(() ->
                        notKnown(epoch, chain, "it has forgotten block " + block + " and tells no block close to it"));
    }

    /** What is known to be forgotten is not asked for: the refusal would look like trouble of the site. */
    private static Optional<Instant> told(long block, Chain chain) {
        if (!chain.status().keeps(block)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonBody.ask(
                    chain.site(), Request.get("/chain-rpc/block?height=" + block), BLOCK, Settlements::timeOfBlock));
        } catch (SiteException e) {
            if (e.reason() == Reason.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Instant timeOfBlock(Entry entry) {
        Instant time = entry.time(BLOCK_TIME);
        if (time == null) {
            throw new MalformedException("Expected the time of a block as " + BLOCK_TIME + ", got none");
        }
        return time;
    }

    private static boolean isClose(Block block, long height) {
        Long other = block.height();
        return other != null && Math.abs(other - height) <= CLOSE;
    }

    private static SiteException notKnown(long epoch, Chain chain, String why) {
        return SiteException.of(
                Reason.UNUSABLE,
                "Expected " + chain.site().url() + " to tell when epoch " + epoch + " was settled, but " + why
                        + ": ask a node that keeps more blocks");
    }
}
