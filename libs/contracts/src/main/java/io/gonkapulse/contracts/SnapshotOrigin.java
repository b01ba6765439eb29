package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where and when a snapshot was made.
 *
 * @param pollId the poll that brought it, the same in its {@link Poll}
 * @param fetchedAt when the answer arrived here
 * @param observedAt the moment that the answer speaks of: block time of {@code height}, else the tracker's own time, else
 *     {@code fetchedAt}. An old answer served again keeps its old time.
 * @param height the block that the answer speaks of
 */
public record SnapshotOrigin(
        TrackerName tracker,
        String pollId,
        Instant fetchedAt,
        Instant observedAt,
        @Nullable Long height) {

    public SnapshotOrigin {
        requireNonNull(tracker, "tracker");
        TextLimits.requireMaxLength(100, pollId, "a poll id");
        MessageLimits.requireAfter1970(fetchedAt, "fetchedAt");
        MessageLimits.requireAfter1970(observedAt, "observedAt");
        if (height != null) {
            NodeCounters.requireNotNegative(height, "height");
        }
    }
}
