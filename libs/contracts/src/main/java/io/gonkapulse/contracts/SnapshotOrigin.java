package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The source and the times of a snapshot.
 *
 * @param pollId the poll that fetched it; its {@link Poll} has the same id
 * @param fetchedAt when the poller received the response
 * @param observedAt the time that the data describe: block time of {@code height}, else the tracker's own time, else
 *     {@code fetchedAt}. A repeated old response keeps its old time.
 * @param height the block that the data describe
 */
public record SnapshotOrigin(
        TrackerName tracker,
        String pollId,
        Instant fetchedAt,
        Instant observedAt,
        @Nullable Long height) {

    public SnapshotOrigin {
        requireNonNull(tracker, "tracker");
        MessageLimits.requireMaxLength(MessageLimits.MAX_ID_LENGTH, pollId, "a poll id");
        MessageLimits.requireAfter1970(fetchedAt, "fetchedAt");
        MessageLimits.requireAfter1970(observedAt, "observedAt");
        if (height != null) {
            MessageLimits.requireNotNegative(height, "height");
        }
    }
}
