package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A record of {@link KafkaTopic#COMMANDS}, keyed by the tracker: an order to the poller that owns the tracker. */
public sealed interface TrackerCommand {

    /** Names the order in logs, and makes it the same order when it is delivered twice. */
    String id();

    TrackerName tracker();

    Instant requestedAt();

    /** Do not wait for the next beat. */
    record PollNow(String id, TrackerName tracker, Instant requestedAt) implements TrackerCommand {

        public PollNow {
            TextLimits.requireMaxLength(100, id, "a command id");
            requireNonNull(tracker, "tracker");
            requireNonNull(requestedAt, "requestedAt");
        }
    }

    /** Fetch old epochs, oldest first, both ends included. */
    record BackfillEpochs(String id, TrackerName tracker, Instant requestedAt, long fromEpoch, long toEpoch)
            implements TrackerCommand {

        public BackfillEpochs {
            TextLimits.requireMaxLength(100, id, "a command id");
            requireNonNull(tracker, "tracker");
            requireNonNull(requestedAt, "requestedAt");
            MessageLimits.requireEpoch(fromEpoch);
            MessageLimits.requireEpoch(toEpoch);
            if (toEpoch < fromEpoch) {
                throw new IllegalArgumentException(
                        "Expected epochs from the older to the newer, got " + fromEpoch + ".." + toEpoch);
            }
        }
    }
}
