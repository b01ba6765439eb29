package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@link KafkaTopic#POLLS}, keyed by the tracker: how one poll went. It is sent after the snapshots of the poll.
 *
 * @param kind the adapter that speaks to the tracker
 * @param owner the poller that made the poll
 * @param url who answered, or was asked last
 * @param interval how often the tracker is polled: silence is measured in it
 * @param error what went wrong, in words for an operator
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
        TextLimits.requireMaxLength(100, pollId, "a poll id");
        TextLimits.requireMaxLength(50, kind, "a kind");
        requireNonNull(purpose, "purpose");
        TextLimits.requireMaxLength(255, owner, "an owner");
        requireNotNegative(interval, "interval");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(stages, "stages");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
        requireNonNull(network, "network");
    }

    public enum Purpose {
        /** The running epoch: the beat of the schedule. */
        CURRENT,
        /** An epoch that ended, or whose rewards can still change. */
        SETTLEMENT,
        /** Old epochs, on order. */
        BACKFILL
    }

    public enum Outcome {
        OK,
        /** Published, but something was skipped; the counts say what. */
        PARTIAL,
        /** The tracker answered with old data; it was published with its old time. */
        STALE,
        /** Nothing was published; the error says why. */
        FAILED
    }

    /** How long each stage took; a stage that was not reached took nothing. */
    public record Stages(Duration fetch, Duration parse, Duration publish) {

        public Stages {
            requireNotNegative(fetch, "fetch");
            requireNotNegative(parse, "parse");
            requireNotNegative(publish, "publish");
        }
    }

    /** What the poll brought: every participant seen is published or skipped for a reason. */
    public record Counts(long published, Map<String, Long> skipped) {

        public Counts {
            NodeCounters.requireNotNegative(published, "published");
            skipped.forEach((reason, count) -> NodeCounters.requireNotNegative(count, "skipped for " + reason));
            skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        }
    }

    private static void requireNotNegative(Duration duration, String name) {
        NodeCounters.requireNotNegative(duration.toMillis(), name);
    }
}
