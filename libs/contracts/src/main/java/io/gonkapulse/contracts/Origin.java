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
public record Origin(
        TrackerName tracker,
        String pollId,
        Instant fetchedAt,
        Instant observedAt,
        @Nullable Long height) {

    public Origin {
        requireNonNull(tracker, "tracker");
        Texts.requireAtMost(100, pollId, "a poll id");
        FactLimits.requireSince1970(fetchedAt, "fetchedAt");
        FactLimits.requireSince1970(observedAt, "observedAt");
        if (height != null) {
            Counters.requireNotNegative(height, "height");
        }
    }
}
