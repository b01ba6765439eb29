package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker says of an epoch as a whole.
 *
 * @param blockTime of the height; null while the next epoch is prepared
 * @param cachedAt when the tracker put this together
 */
record TrackerHead(
        long epoch,
        @Nullable Long height,
        @Nullable Instant blockTime,
        @Nullable Instant cachedAt,
        @Nullable BigDecimal averageBlockSeconds,
        @Nullable Long nextEpochHeight,
        boolean current) {

    /** Longer than any chain takes for a block, and as much as the tables hold. */
    private static final BigDecimal LONGEST_BLOCK = BigDecimal.valueOf(999_999);

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
                blockTime(entry, height),
                Moments.ifSet(entry.time("cached_at")),
                averageBlockSeconds(entry),
                entry.number("next_poc_start_block"),
                Boolean.TRUE.equals(entry.flag("is_current")));
    }

    /** The newest block may be another one than that which the participants are told as of. */
    private static @Nullable Instant blockTime(Entry entry, @Nullable Long height) {
        Long newest = entry.number("current_block_height");
        Instant time = Moments.ifSet(entry.time("current_block_timestamp"));
        return newest == null || Objects.equals(newest, height) ? time : null;
    }

    private static @Nullable BigDecimal averageBlockSeconds(Entry entry) {
        BigDecimal average = entry.decimal("avg_block_time");
        boolean credible = average != null && average.signum() > 0 && average.compareTo(LONGEST_BLOCK) <= 0;
        return credible ? average : null;
    }

    Instant observedAt(Instant arrivedAt) {
        return Moments.observed(arrivedAt, blockTime, cachedAt);
    }

    NetworkFacts network() {
        return new NetworkFacts(epoch, height, blockTime, null, null, averageBlockSeconds, nextEpochHeight);
    }
}
