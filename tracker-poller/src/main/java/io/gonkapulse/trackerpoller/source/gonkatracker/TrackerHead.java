package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker says of an epoch as a whole.
 *
 * @param height as of which the counters are told: the first that a tracker reads
 * @param newestBlock the last that it reads, later than the height if that took longer than a block; null while the next
 *     epoch is prepared
 * @param cachedAt when the tracker put this together
 */
record TrackerHead(
        long epoch,
        @Nullable Long height,
        @Nullable Block newestBlock,
        @Nullable Instant cachedAt,
        @Nullable BigDecimal averageBlockSeconds,
        @Nullable Long nextEpochHeight,
        boolean current) {

    /** Longer than any chain takes for a block, and as much as the tables hold. */
    private static final BigDecimal LONGEST_BLOCK = BigDecimal.valueOf(999_999);

    /** A height and the time of the same block, told together. */
    record Block(long height, Instant time) {}

    static Shape shape(Shape participant, Consumer<Entry> participants) {
        return Shape.of(
                        "epoch_id",
                        "height",
                        "cached_at",
                        "is_current",
                        "current_block_height",
                        "current_block_timestamp",
                        "avg_block_time",
                        "next_poc_start_block")
                .each("participants", participant, participants);
    }

    static TrackerHead read(Entry entry) {
        if (!entry.has("participants")) {
            throw new MalformedException("Expected a list of participants, got none");
        }
        Long height = entry.number("height");
        return new TrackerHead(
                entry.required("epoch_id"),
                height,
                newestBlock(entry, height),
                Moments.ifSet(entry.time("cached_at")),
                averageBlockSeconds(entry),
                entry.number("next_poc_start_block"),
                Boolean.TRUE.equals(entry.flag("is_current")));
    }

    /** A time without a height of its own is that of the counters' height. */
    private static @Nullable Block newestBlock(Entry entry, @Nullable Long height) {
        Long told = entry.number("current_block_height");
        Long newest = told == null ? height : told;
        Instant time = Moments.ifSet(entry.time("current_block_timestamp"));
        return newest == null || time == null ? null : new Block(newest, time);
    }

    private static @Nullable BigDecimal averageBlockSeconds(Entry entry) {
        BigDecimal average = entry.decimal("avg_block_time");
        boolean credible = average != null && average.signum() > 0 && average.compareTo(LONGEST_BLOCK) <= 0;
        return credible ? average : null;
    }

    /** The same without a newest block that lies further ahead of our clock than clocks of honest hosts do. */
    TrackerHead withoutBlockAfter(Instant latest) {
        return newestBlock == null || !newestBlock.time().isAfter(latest)
                ? this
                : new TrackerHead(epoch, height, null, cachedAt, averageBlockSeconds, nextEpochHeight, current);
    }

    /** The newest block that the tracker knows; no more epochs than blocks can have begun by then. */
    @Nullable
    Long newestHeight() {
        return newestBlock == null ? height : (Long) newestBlock.height();
    }

    NetworkFacts network() {
        return new NetworkFacts(
                epoch,
                newestHeight(),
                newestBlock == null ? null : newestBlock.time(),
                null,
                null,
                averageBlockSeconds,
                nextEpochHeight);
    }
}
