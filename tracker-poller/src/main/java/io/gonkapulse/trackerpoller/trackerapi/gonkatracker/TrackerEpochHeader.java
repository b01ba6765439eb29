package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
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
record TrackerEpochHeader(
        long epoch,
        @Nullable Long height,
        @Nullable NewestBlock newestBlock,
        @Nullable Instant cachedAt,
        @Nullable BigDecimal averageBlockSeconds,
        @Nullable Long nextEpochHeight,
        boolean current) {

    /** Longer than any chain takes for a block, and as much as the tables hold. */
    private static final BigDecimal MAX_BLOCK_SECONDS = BigDecimal.valueOf(999_999);

    /** A height and the time of the same block, told together. */
    record NewestBlock(long height, Instant time) {}

    static JsonObjectShape shape(JsonObjectShape participant, Consumer<JsonEntry> participants) {
        return JsonObjectShape.of(
                        "epoch_id",
                        "height",
                        "cached_at",
                        "is_current",
                        "current_block_height",
                        "current_block_timestamp",
                        "avg_block_time",
                        "next_poc_start_block")
                .array("participants", participant, participants);
    }

    static TrackerEpochHeader read(JsonEntry entry) {
        if (!entry.has("participants")) {
            throw new MalformedValueException("Expected a list of participants, got none");
        }
        Long height = entry.number("height");
        return new TrackerEpochHeader(
                entry.requiredNumber("epoch_id"),
                height,
                newestBlock(entry, height),
                ObservedTimeResolver.nullIfUnset(entry.time("cached_at")),
                averageBlockSeconds(entry),
                entry.number("next_poc_start_block"),
                Boolean.TRUE.equals(entry.flag("is_current")));
    }

    /** A time without a height of its own is that of the counters' height. */
    private static @Nullable NewestBlock newestBlock(JsonEntry entry, @Nullable Long height) {
        Long told = entry.number("current_block_height");
        Long newest = told == null ? height : told;
        Instant time = ObservedTimeResolver.nullIfUnset(entry.time("current_block_timestamp"));
        return newest == null || time == null ? null : new NewestBlock(newest, time);
    }

    private static @Nullable BigDecimal averageBlockSeconds(JsonEntry entry) {
        BigDecimal average = entry.decimal("avg_block_time");
        boolean credible = average != null && average.signum() > 0 && average.compareTo(MAX_BLOCK_SECONDS) <= 0;
        return credible ? average : null;
    }

    /** The same without a newest block that lies further ahead of our clock than clocks of honest hosts do. */
    TrackerEpochHeader withoutBlockAfter(Instant latest) {
        return newestBlock == null || !newestBlock.time().isAfter(latest)
                ? this
                : new TrackerEpochHeader(epoch, height, null, cachedAt, averageBlockSeconds, nextEpochHeight, current);
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
