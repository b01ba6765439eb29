package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A record of {@link Topic#COMMANDS}, keyed by the tracker: an order to the poller that owns the tracker. */
public sealed interface TrackerCommand {

    /** Names the order in logs, and makes it the same order when it is delivered twice. */
    String id();

    TrackerName tracker();

    Instant requestedAt();

    /** Do not wait for the next beat. */
    record PollNow(String id, TrackerName tracker, Instant requestedAt) implements TrackerCommand {

        public PollNow {
            Texts.requireAtMost(100, id, "a command id");
            requireNonNull(tracker, "tracker");
            requireNonNull(requestedAt, "requestedAt");
        }
    }

    /** Fetch old epochs, oldest first, both ends included. */
    record Backfill(String id, TrackerName tracker, Instant requestedAt, long fromEpoch, long toEpoch)
            implements TrackerCommand {

        public Backfill {
            Texts.requireAtMost(100, id, "a command id");
            requireNonNull(tracker, "tracker");
            requireNonNull(requestedAt, "requestedAt");
            FactLimits.requireEpoch(fromEpoch);
            FactLimits.requireEpoch(toEpoch);
            if (toEpoch < fromEpoch) {
                throw new IllegalArgumentException(
                        "Expected epochs from the older to the newer, got " + fromEpoch + ".." + toEpoch);
            }
        }
    }
}
