package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a tracker's response that describe the epoch.
 *
 * @param height the height of the counters: the first one that a tracker reads
 * @param newestBlock the last block that it reads; null during the preparation of the next epoch
 * @param cachedAt when the tracker computed the response
 */
record TrackerEpochHeader(
        long epoch,
        @Nullable Long height,
        @Nullable NewestBlock newestBlock,
        @Nullable Instant cachedAt,
        @Nullable BigDecimal averageBlockSeconds,
        @Nullable Long nextEpochHeight,
        boolean current) {

    static final String PARTICIPANTS = "participants";

    /** Longer than any block takes, and the maximum of the column. */
    private static final BigDecimal MAX_BLOCK_SECONDS = BigDecimal.valueOf(999_999);

    /** A height and the time of the same block. */
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
                .array(PARTICIPANTS, participant, participants);
    }

    static TrackerEpochHeader read(JsonEntry entry) {
        if (!entry.has(PARTICIPANTS)) {
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

    /** Without its own height the time belongs to the height of the counters. */
    private static @Nullable NewestBlock newestBlock(JsonEntry entry, @Nullable Long height) {
        Long reported = entry.number("current_block_height");
        Long newest = reported == null ? height : reported;
        Instant time = ObservedTimeResolver.nullIfUnset(entry.time("current_block_timestamp"));
        return newest == null || time == null ? null : new NewestBlock(newest, time);
    }

    private static @Nullable BigDecimal averageBlockSeconds(JsonEntry entry) {
        BigDecimal average = entry.decimal("avg_block_time");
        boolean credible = average != null && average.signum() > 0 && average.compareTo(MAX_BLOCK_SECONDS) <= 0;
        return credible ? average : null;
    }

    /** Drops a newest block that is further in the future than clock skew explains. */
    TrackerEpochHeader withoutBlockAfter(Instant latest) {
        return newestBlock == null || !newestBlock.time().isAfter(latest)
                ? this
                : new TrackerEpochHeader(epoch, height, null, cachedAt, averageBlockSeconds, nextEpochHeight, current);
    }

    /** The newest known block. The number of epochs cannot exceed it. */
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

    /**
     * Recognizes the response of a tracker that just restarted. It lists every stored row of the epoch with the height and
     * time of the oldest, and reports no newest block.
     */
    static final class RestartedTrackerCheck {

        /** If rows repeat at all, those of the first participants repeat too. */
        private static final int PARTICIPANTS_REMEMBERED = 1_000;

        private final Set<NodeIdentifier> firstNodes = new HashSet<>();
        private boolean repeated;

        void add(JsonEntry participant) {
            if (!repeated) {
                ParticipantParser.parseNode(participant).ifPresent(this::add);
            }
        }

        boolean matches(TrackerEpochHeader header) {
            return repeated && header.newestBlock() == null;
        }

        private void add(NodeIdentifier node) {
            if (firstNodes.size() < PARTICIPANTS_REMEMBERED) {
                repeated = !firstNodes.add(node);
            } else {
                repeated = firstNodes.contains(node);
            }
        }
    }
}
