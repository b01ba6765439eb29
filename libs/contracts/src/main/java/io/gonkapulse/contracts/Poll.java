package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@link KafkaTopic#POLLS}, keyed by the tracker: the result of one poll. The poller publishes it after the
 * snapshots of the poll.
 *
 * @param kind the type of the tracker's API
 * @param owner the poller that ran the poll
 * @param url the address that responded, or the last one that was tried
 * @param interval the time between two polls of the tracker; consumers derive from it when a tracker is silent
 * @param error the failure, in words for an operator
 */
public record Poll(
        TrackerName tracker,
        String pollId,
        String kind,
        Purpose purpose,
        String owner,
        @Nullable String url,
        Duration interval,
        Instant startedAt,
        Stages stages,
        Outcome outcome,
        @Nullable String error,
        Counts counts,
        NetworkFacts network) {

    public Poll {
        requireNonNull(tracker, "tracker");
        MessageLimits.requireMaxLength(MessageLimits.MAX_ID_LENGTH, pollId, "a poll id");
        MessageLimits.requireMaxLength(MessageLimits.MAX_WORD_LENGTH, kind, "a kind");
        requireNonNull(purpose, "purpose");
        MessageLimits.requireMaxLength(MessageLimits.MAX_TEXT_LENGTH, owner, "an owner");
        requireNotNegative(interval, "interval");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(stages, "stages");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
        requireNonNull(network, "network");
    }

    public enum Purpose {
        /** A scheduled poll of the running epoch. */
        CURRENT,
        /** A past epoch whose rewards can still change. */
        SETTLEMENT,
        /** Old epochs that a backfill command requests. */
        BACKFILL
    }

    public enum Outcome {
        OK,
        /** Published, but some participants were skipped; the counts name the reasons. */
        PARTIAL,
        /** The tracker responded with old data. The snapshots are published with their old time. */
        STALE,
        /** Nothing was published; the error contains the reason. */
        FAILED
    }

    /** The duration of each stage; zero for a stage that the poll did not reach. */
    public record Stages(Duration fetch, Duration parse, Duration publish) {

        public Stages {
            requireNotNegative(fetch, "fetch");
            requireNotNegative(parse, "parse");
            requireNotNegative(publish, "publish");
        }
    }

    /** The participants of the poll: each one is published, or skipped for a reason. */
    public record Counts(long published, Map<String, Long> skipped) {

        public Counts {
            MessageLimits.requireNotNegative(published, "published");
            skipped.forEach((reason, count) -> MessageLimits.requireNotNegative(count, "skipped for " + reason));
            skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        MessageLimits.requireNotNegative(duration.toMillis(), name);
    }
}
