package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A record of {@link KafkaTopic#COMMANDS}, keyed by the tracker: a command for the poller to which the tracker is
 * assigned.
 */
public sealed interface TrackerCommand {

    /** Identifies the command in logs. A second delivery has the same id and has no effect. */
    String id();

    TrackerName tracker();

    Instant requestedAt();

    /** Poll now instead of at the next scheduled time. */
    record PollNow(String id, TrackerName tracker, Instant requestedAt) implements TrackerCommand {

        public PollNow {
            MessageLimits.requireMaxLength(MessageLimits.MAX_ID_LENGTH, id, "a command id");
            requireNonNull(tracker, "tracker");
            requireNonNull(requestedAt, "requestedAt");
        }
    }

    /** Fetch past epochs in ascending order, both ends included. */
    record BackfillEpochs(String id, TrackerName tracker, Instant requestedAt, long fromEpoch, long toEpoch)
            implements TrackerCommand {

        public BackfillEpochs {
            MessageLimits.requireMaxLength(MessageLimits.MAX_ID_LENGTH, id, "a command id");
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
